import { NativeSelect } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import classes from "./data-table.module.css"

export interface Column<Row> {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** The API's name for ordering by this column; without it the column does not sort. */
  sort?: string
  /** Numbers stand at the end, so that their digits line up. */
  align?: "start" | "end"
  total?: ReactNode
}

interface Props<Row> {
  /** Says what the table holds; read aloud, not shown. */
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string | number
  /** The current ordering from the URL: "total" or "-total". */
  ordering?: string
  onOrdering?: (ordering: string) => void
}

/** Rows with sortable columns; on a phone each row is a card whose first column is its title. */
export function DataTable<Row>(props: Props<Row>) {
  const narrow = useMediaQuery("(max-width: 47.99em)", false, { getInitialValueInEffect: false })
  return narrow ? <Cards {...props} /> : <Table {...props} />
}

function Table<Row>({ caption, columns, rows, rowKey, ordering, onOrdering }: Props<Row>) {
  const hasTotals = columns.some((column) => column.total !== undefined)
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} ordering={ordering} onOrdering={onOrdering} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {hasTotals && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.key} data-align={column.align}>
                  {column.total}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

type HeaderProps<Row> = Pick<Props<Row>, "ordering" | "onOrdering"> & { column: Column<Row> }

function HeaderCell<Row>({ column, ordering, onOrdering }: HeaderProps<Row>) {
  const { t } = useTranslation()
  const { sort } = column
  if (!sort || !onOrdering) {
    return (
      <th scope="col" data-align={column.align}>
        {column.header}
      </th>
    )
  }
  const state = ordering === sort ? "ascending" : ordering === `-${sort}` ? "descending" : "none"
  const Arrow = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[state]
  return (
    <th scope="col" data-align={column.align} aria-sort={state}>
      <button
        type="button"
        title={t("table.sortBy", { column: column.header })}
        onClick={() => onOrdering(state === "descending" ? sort : `-${sort}`)}
      >
        {column.header}
        <Arrow size={15} aria-hidden />
      </button>
    </th>
  )
}

function Cards<Row>({ caption, columns, rows, rowKey, ordering, onOrdering }: Props<Row>) {
  const { t } = useTranslation()
  const [title, ...facts] = columns
  const sortable = columns.filter((column) => column.sort)
  const totals = columns.filter((column) => column.total !== undefined && column !== title)

  return (
    <div className={classes.cards}>
      {onOrdering && sortable.length > 0 && (
        <NativeSelect
          classNames={{ root: classes.order, label: classes.orderLabel, wrapper: classes.orderField }}
          label={t("table.order")}
          value={ordering ?? ""}
          onChange={({ currentTarget: { value } }) => onOrdering(value)}
          data={[
            ...(ordering ? [] : [{ value: "", label: t("table.usual") }]),
            ...sortable.flatMap(({ sort = "", header }) => [
              { value: sort, label: t("table.ascending", { column: header }) },
              { value: `-${sort}`, label: t("table.descending", { column: header }) },
            ]),
          ]}
        />
      )}
      <ul aria-label={caption}>
        {rows.map((row) => (
          <li key={rowKey(row)} className={classes.card}>
            <div className={classes.cardTitle}>{title?.cell(row)}</div>
            <Facts facts={facts.map((column) => ({ ...column, value: column.cell(row) }))} />
          </li>
        ))}
      </ul>
      {totals.length > 0 && (
        <div className={classes.card}>
          <div className={classes.cardTitle}>{t("table.total")}</div>
          <Facts facts={totals.map((column) => ({ ...column, value: column.total }))} />
        </div>
      )}
    </div>
  )
}

function Facts({ facts }: { facts: { key: string; header: string; value: ReactNode }[] }) {
  return (
    <dl>
      {facts.map(({ key, header, value }) => (
        <div key={key}>
          <dt>{header}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
