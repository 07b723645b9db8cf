import { Button, Loader, Switch } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import { DataTable, type Column } from "@/ui/data-table"
import { FormProblem } from "@/ui/form"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import { Panel } from "../components/panel"
import { isAtWork, useConfirmImport, type ImportKind, type TableImport } from "./api"
import classes from "./imports.module.css"

type Fault = TableImport["faults"][number]
type Sample = TableImport["sample"][number]

interface Props {
  kind: ImportKind
  table: TableImport
}

/** What a table would change, with what is wrong in it; then what it changed. */
export function ImportResult({ kind, table }: Props) {
  const { t } = useTranslation("imports")
  const number = (count: number) => t("count", { count })
  return (
    <div className={classes.stack}>
      <div role="status" className={classes.state} data-state={table.status}>
        {isAtWork(table) && <Loader size={20} />}
        <p>
          <strong>{t(`state.${table.status}`)}</strong> {t(`${kind}.stateText.${table.status}`)}
        </p>
        {table.status === "done" && <ButtonLink to={kind === "goods" ? "/crm/products" : "/crm/customers"}>{t(`${kind}.toList`)}</ButtonLink>}
      </div>
      {table.status !== "checking" && table.status !== "failed" && (
        <StatTiles>
          {kind === "goods" && <StatTile label={t("figures.fresh")} value={number(table.new_count)} />}
          <StatTile label={t("figures.changed")} value={number(table.changed_count)} />
          <StatTile label={t("figures.same")} value={number(table.same_count)} />
          <StatTile label={t("figures.bad")} value={number(table.bad_count)} {...(table.bad_count > 0 && { tone: "warm" as const })} />
        </StatTiles>
      )}
      {table.status === "checked" && <Confirm kind={kind} table={table} />}
      {table.faults.length > 0 && <Faults table={table} />}
      {table.sample.length > 0 && <Changes kind={kind} table={table} />}
    </div>
  )
}

function Confirm({ kind, table }: Props) {
  const { t } = useTranslation("imports")
  const [skipBad, setSkipBad] = useState(false)
  const confirm = useConfirmImport(kind, table.id)
  const changes = table.new_count + table.changed_count
  if (changes === 0) return <p className={classes.text}>{t("confirm.nothing")}</p>
  return (
    <Panel title={t("confirm.title")}>
      <div className={classes.confirm}>
        <p className={classes.text}>{t(`${kind}.confirmText`)}</p>
        {table.bad_count > 0 && (
          <Switch
            checked={skipBad}
            onChange={({ currentTarget: { checked } }) => setSkipBad(checked)}
            label={t("confirm.skip", { count: table.bad_count })}
            description={t("confirm.skipHint")}
          />
        )}
        <FormProblem error={confirm.error} />
        <div className={classes.actions}>
          <Button variant="primary" disabled={table.bad_count > 0 && !skipBad} loading={confirm.isPending} onClick={() => confirm.mutate(skipBad)}>
            {t("confirm.apply", { count: changes })}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function Faults({ table }: { table: TableImport }) {
  const { t } = useTranslation("imports")
  const columns: Column<Fault>[] = [
    { key: "line", header: t("line"), cell: ({ line }) => t("lineNumber", { line }) },
    { key: "column", header: t("column"), cell: ({ column }) => t(`columns.${column}`) },
    { key: "detail", header: t("mistake"), cell: ({ detail }) => detail },
  ]
  return (
    <section className={classes.section} aria-label={t("faults")}>
      <h2>{t("faults")}</h2>
      <DataTable
        caption={t("faults")}
        columns={columns}
        rows={table.faults}
        rowKey={({ line, column, detail }) => `${line} ${column} ${detail}`}
      />
      {table.faults.length >= 500 && <p className={classes.text}>{t("faultsRest")}</p>}
    </section>
  )
}

function Changes({ kind, table }: Props) {
  const { t } = useTranslation("imports")
  const columns: Column<Sample>[] = [
    {
      key: "what",
      header: t(`${kind}.what`),
      cell: ({ title, key }) => (
        <span className={classes.what}>
          <strong>{title}</strong>
          <small>{key}</small>
        </span>
      ),
    },
    { key: "line", header: t("line"), cell: ({ line }) => t("lineNumber", { line }) },
    ...(kind === "goods" ? [{ key: "kind", header: t("becomes"), cell: (row: Sample) => t(`kind.${row.kind}`) }] : []),
    {
      key: "cells",
      header: t("values"),
      cell: ({ cells }) => (
        <ul className={classes.cells}>
          {cells.map(({ column, before, after }) => (
            <li key={column}>
              {t(`columns.${column}`)}: {before !== null && before !== "" && <s>{before}</s>} <b>{after}</b>
            </li>
          ))}
        </ul>
      ),
    },
  ]
  const all = table.new_count + table.changed_count
  return (
    <section className={classes.section} aria-label={t("changes")}>
      <h2>{t("changes")}</h2>
      <DataTable caption={t("changes")} columns={columns} rows={table.sample} rowKey={({ line }) => line} />
      {all > table.sample.length && <p className={classes.text}>{t("changesRest", { shown: table.sample.length, all })}</p>}
    </section>
  )
}
