import { Button } from "@mantine/core"
import { Download, FileSpreadsheet } from "lucide-react"
import { useRef, useState, type DragEvent } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { Panel } from "../components/panel"
import { useSendTable, useTemplate, type ImportKind } from "./api"
import classes from "./imports.module.css"

const MOST_BYTES = 5 * 1024 * 1024

const rules = {
  goods: ["goods.rules.match", "goods.rules.fresh", "goods.rules.stock", "goods.rules.empty"],
  customers: ["customers.rules.match", "customers.rules.add", "customers.rules.spelling", "customers.rules.note"],
} as const

/** Choose or drop a table. Sending it changes nothing yet, and it says so. */
export function ImportStart({ kind, onSent }: { kind: ImportKind; onSent: (id: number) => void }) {
  const { t } = useTranslation("imports")
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [isTooLarge, setIsTooLarge] = useState(false)
  const send = useSendTable(kind)
  const template = useTemplate(kind)

  function take(file: File | undefined) {
    if (input.current) input.current.value = "" // the same file may be chosen again, once it is mended
    if (!file || send.isPending) return
    setIsTooLarge(file.size > MOST_BYTES)
    if (file.size <= MOST_BYTES) send.mutate(file, { onSuccess: ({ id }) => onSent(id) })
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    take(event.dataTransfer.files[0])
  }

  return (
    <Panel title={t("start.title")}>
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <FileSpreadsheet size={28} aria-hidden />
        <p>{t("start.hint")}</p>
        <div className={classes.actions}>
          <Button variant="primary" loading={send.isPending} onClick={() => input.current?.click()}>
            {t("start.choose")}
          </Button>
          <Button leftSection={<Download size={18} aria-hidden />} loading={template.isPending} onClick={() => template.mutate()}>
            {t("start.template")}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t("start.choose")}
          accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={({ currentTarget: { files } }) => take(files?.[0])}
        />
      </div>
      {isTooLarge && (
        <p role="alert" className={classes.alert}>
          {t("start.tooLarge")}
        </p>
      )}
      <FormProblem error={send.error ?? template.error} />
      <ul className={classes.rules}>
        {rules[kind].map((rule) => (
          <li key={rule}>{t(rule)}</li>
        ))}
      </ul>
    </Panel>
  )
}
