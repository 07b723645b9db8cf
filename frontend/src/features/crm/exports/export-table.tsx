import { Button } from "@mantine/core"
import { Download } from "lucide-react"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime } from "@/ui/date-time"
import { FormProblem } from "@/ui/form"
import { StatusPill } from "@/ui/status-pill"
import { Meter } from "../components/meter"
import { useDownload, type ExportRow } from "./api"
import classes from "./exports.module.css"

/** Long files with how far they are, and the way to have those that are ready. */
export function ExportTable({ rows, timeZone }: { rows: ExportRow[]; timeZone: string }) {
  const { t } = useTranslation("exports")
  const download = useDownload()
  const columns: Column<ExportRow>[] = [
    {
      key: "file",
      header: t("table.file"),
      cell: ({ kind, file_name }) => (
        <span className={classes.file}>
          <strong>{t(`kind.${kind}`)}</strong>
          <small>{file_name}</small>
        </span>
      ),
    },
    { key: "state", header: t("table.state"), cell: (row) => <State row={row} /> },
    { key: "asked", header: t("table.asked"), cell: ({ created_at }) => <DateTime iso={created_at} format="dateTime" timeZone={timeZone} /> },
    {
      key: "kept",
      header: t("table.kept"),
      cell: ({ status, expires_at }) => (status === "ready" ? <DateTime iso={expires_at} format="dateTime" timeZone={timeZone} /> : "—"),
    },
    {
      key: "act",
      header: t("table.act"),
      align: "end",
      cell: (row) =>
        row.status === "ready" ? (
          <Button
            size="xs"
            leftSection={<Download size={16} aria-hidden />}
            loading={download.isPending && download.variables.id === row.id}
            aria-label={t("table.downloadFile", { name: row.file_name })}
            onClick={() => download.mutate(row)}
          >
            {t("table.download")}
          </Button>
        ) : (
          "—"
        ),
    },
  ]
  return (
    <div className={classes.stack}>
      <FormProblem error={download.error} />
      <DataTable caption={t("title")} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </div>
  )
}

function State({ row: { status, rows_done, rows_total } }: { row: ExportRow }) {
  const { t } = useTranslation("exports")
  if (status === "writing")
    return rows_done === 0 ? (
      <StatusPill>{t("state.waiting")}</StatusPill>
    ) : (
      <Meter label={t("state.writing", { done: rows_done, all: Math.max(rows_done, rows_total) })} share={rows_done / Math.max(1, rows_total)} />
    )
  if (status === "failed") return <StatusPill tone="danger">{t("state.failed")}</StatusPill>
  return <StatusPill tone="good">{t("state.ready", { count: rows_total })}</StatusPill>
}
