import { Button, Checkbox, Popover } from "@mantine/core"
import { Columns3, Download } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { download, toCsv } from "@/lib/csv"
import { listOfStrings, useKept } from "@/lib/kept"
import { FormProblem } from "./form"
import classes from "./table-tools.module.css"

/** Which columns of a table this person does not want to see, kept on this device. */
export const useHiddenColumns = (table: string) => useKept(`delux.columns.${table}`, listOfStrings)

interface ChooserProps {
  columns: { key: string; header: string }[]
  hidden: string[]
  onHidden: (hidden: string[]) => void
}

/** Choose which of these columns a table shows. The one that names the row is not among them: it always stays. */
export function ColumnChooser({ columns, hidden, onHidden }: ChooserProps) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" leftSection={<Columns3 size={16} aria-hidden />}>
          {t("tableTools.columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className={classes.columns}>
          <legend>{t("tableTools.shown")}</legend>
          {columns.map(({ key, header }) => (
            <Checkbox
              key={key}
              label={header}
              checked={!hidden.includes(key)}
              onChange={({ currentTarget: { checked } }) => onHidden(checked ? hidden.filter((other) => other !== key) : [...hidden, key])}
            />
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}

interface ExportProps<Row> {
  /** The file's name without its ending. */
  name: string
  columns: { header: string; text: (row: Row) => string }[]
  /** All rows there are to write, not only those in sight. */
  load: () => Promise<Row[]>
}

/** Download everything the filters find as a file for spreadsheets. */
export function ExportButton<Row>({ name, columns, load }: ExportProps<Row>) {
  const { t } = useTranslation()
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  function save() {
    setError(null)
    setIsBusy(true)
    load()
      .then((rows) => download(`${name}.csv`, toCsv([columns.map(({ header }) => header), ...rows.map((row) => columns.map(({ text }) => text(row)))])))
      .catch(setError)
      .finally(() => setIsBusy(false))
  }
  return (
    <>
      <Button size="xs" leftSection={<Download size={16} aria-hidden />} loading={isBusy} onClick={save}>
        {t("tableTools.export")}
      </Button>
      {error !== null && <FormProblem error={error} />}
    </>
  )
}
