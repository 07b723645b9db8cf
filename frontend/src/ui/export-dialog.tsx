import { Button, SegmentedControl, Switch } from "@mantine/core"
import { useState, type FormEvent, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { readFileChoice, type FileChoice } from "@/lib/file-choice"
import { useKept } from "@/lib/kept"
import { useLanguage } from "@/lib/use-language"
import { Dialog } from "./dialog"
import { FormProblem } from "./form"
import classes from "./export-dialog.module.css"

export interface ExportDialogProps<Table extends string> {
  /** What a row of the file may be, where that is to be chosen. */
  tables?: readonly { value: Table; label: string }[]
  /** Make the file and hand it over; true says that it is too long for that and comes later. */
  onSave: (choice: FileChoice, table: Table | undefined) => Promise<boolean>
  /** Where a file that comes later is found; without it every file comes at once. */
  later?: ReactNode
  /** The page itself writes the file, which it can as CSV alone. */
  isCsvAlone?: boolean
  onClose: () => void
}

/** In what form a list is taken away. */
export function ExportDialog<Table extends string>(props: ExportDialogProps<Table>) {
  const { t } = useTranslation("exports")
  return (
    <Dialog title={t("dialog.title")} onClose={props.onClose}>
      <ExportForm {...props} />
    </Dialog>
  )
}

function ExportForm<Table extends string>({ tables, onSave, later, isCsvAlone = false, onClose }: ExportDialogProps<Table>) {
  const { t } = useTranslation("exports")
  const language = useLanguage()
  const [choice, setChoice] = useKept("delux.file", (raw) => readFileChoice(raw, language))
  const [table, setTable] = useState(tables?.[0]?.value)
  const [isBusy, setIsBusy] = useState(false)
  const [comesLater, setComesLater] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const isCsv = isCsvAlone || choice.file_type === "csv"

  function save(event: FormEvent) {
    event.preventDefault()
    setError(null)
    setIsBusy(true)
    onSave(isCsvAlone ? { ...choice, file_type: "csv" } : choice, table)
      .then((isLater) => (isLater ? setComesLater(true) : onClose()))
      .catch(setError)
      .finally(() => setIsBusy(false))
  }

  if (comesLater)
    return (
      <div className={classes.form} role="status">
        <p>
          <strong>{t("later.title")}</strong> {t("later.text")}
        </p>
        <div className={classes.actions}>{later}</div>
      </div>
    )
  return (
    <form className={classes.form} onSubmit={save}>
      {tables && table !== undefined && <Choice label={t("dialog.rows")} value={table} options={tables} onChange={setTable} />}
      {!isCsvAlone && (
        <Choice
          label={t("dialog.format")}
          value={choice.file_type}
          options={[
            { value: "xlsx", label: t("dialog.xlsx") },
            { value: "csv", label: t("dialog.csv") },
          ]}
          onChange={(file_type) => setChoice({ ...choice, file_type })}
        />
      )}
      {isCsv && (
        <>
          <Choice
            label={t("dialog.divider")}
            hint={t(choice.divider === ";" ? "dialog.semicolonHint" : "dialog.commaHint")}
            value={choice.divider}
            options={[
              { value: ";", label: t("dialog.semicolon") },
              { value: ",", label: t("dialog.comma") },
            ]}
            onChange={(divider) => setChoice({ ...choice, divider })}
          />
          <Switch
            label={t("dialog.mark")}
            description={t("dialog.markHint")}
            checked={choice.has_mark}
            onChange={({ currentTarget: { checked } }) => setChoice({ ...choice, has_mark: checked })}
          />
        </>
      )}
      <FormProblem error={error} />
      <div className={classes.actions}>
        <Button type="submit" variant="primary" loading={isBusy} data-autofocus>
          {t("dialog.save")}
        </Button>
        {later}
      </div>
    </form>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  hint?: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, hint, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className={classes.choice}>
      <span>{label}</span>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={label}
        value={value}
        onChange={(chosen) => onChange(chosen as Value)}
        data={[...options]}
      />
      {hint && <p>{hint}</p>}
    </div>
  )
}
