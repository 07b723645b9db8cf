import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime } from "@/ui/date-time"
import { ErrorState } from "@/ui/error-state"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import { importList, type ImportKind, type TableImportRow } from "./api"
import classes from "./imports.module.css"

const SHOWN = 10
const tones = {
  checking: "strong",
  checked: "warm",
  applying: "strong",
  done: "good",
  refused: "danger",
  failed: "danger",
} as const satisfies Record<TableImportRow["status"], string>

/** The tables of the last days; nothing where there are none. */
export function RecentImports({ kind, timeZone }: { kind: ImportKind; timeZone: string }) {
  const { t } = useTranslation("imports")
  const { data, error, refetch } = useQuery(importList(kind, { page_size: SHOWN }))
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <ListSkeleton rows={2} height={60} />
  if (data.results.length === 0) return null
  const columns: Column<TableImportRow>[] = [
    {
      key: "name",
      header: t("file"),
      cell: ({ id, file_name }) => (
        <Link to={kind === "goods" ? "/crm/products/import" : "/crm/customers/import"} search={{ table: id }}>
          {file_name}
        </Link>
      ),
    },
    { key: "status", header: t("stateTitle"), cell: ({ status }) => <StatusPill tone={tones[status]}>{t(`state.${status}`)}</StatusPill> },
    { key: "rows", header: t("rows"), align: "end", cell: ({ rows_total }) => t("count", { count: rows_total }) },
    { key: "when", header: t("when"), cell: ({ created_at }) => <DateTime iso={created_at} format="dateTime" timeZone={timeZone} /> },
  ]
  return (
    <section className={classes.section} aria-label={t("recent")}>
      <h2>{t("recent")}</h2>
      <DataTable caption={t("recent")} columns={columns} rows={data.results} rowKey={({ id }) => id} />
      <p className={classes.text}>{t("kept")}</p>
    </section>
  )
}
