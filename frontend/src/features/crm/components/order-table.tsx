import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { isZero, sumMoney } from "@/lib/money"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import type { OrderRow } from "../api/orders"
import classes from "./order-table.module.css"
import { PartStatusPill } from "./part-status"

const none: string[] = []

interface Props {
  rows: OrderRow[]
  timeZone: string
  ordering?: string
  onOrdering?: (ordering: string) => void
  /** On the page of one customer: without the columns that say the same in every row, or little. */
  compact?: boolean
  /** Keys of columns not wanted. */
  hidden?: string[]
}

/** Orders with the sum of those in sight. */
export function OrderTable({ rows, timeZone, ordering, onOrdering, compact = false, hidden: unwanted = none }: Props) {
  const { t } = useTranslation("crm")
  const currency = rows[0]?.currency ?? "KZT"
  const columns: Column<OrderRow>[] = [
    {
      key: "order",
      header: t("orders.order"),
      cell: ({ order_number, title, pieces }) => (
        <span className={classes.order}>
          <Link to="/crm/orders/$orderId" params={{ orderId: order_number }}>
            {order_number}
          </Link>
          <small>
            {title}
            {pieces > 1 && ` · ${t("orders.pieces", { count: pieces })}`}
          </small>
        </span>
      ),
      total: compact ? undefined : t("orders.onPage", { count: rows.length }),
    },
    { key: "customer", header: t("orders.customer"), cell: ({ customer }) => customer.name },
    {
      key: "paid_at",
      header: t("orders.paid"),
      sort: "paid_at",
      cell: ({ paid_at }) => <DateTime iso={paid_at} format="dateTime" timeZone={timeZone} />,
    },
    { key: "delivery", header: t("orders.delivery"), cell: ({ delivery_type }) => t(`deliveryShort.${delivery_type}`) },
    { key: "status", header: t("orders.status"), cell: ({ status }) => <PartStatusPill status={status} /> },
    {
      key: "refunded",
      header: t("orders.refunded"),
      align: "end",
      cell: ({ refunded, currency }) => (isZero(refunded) ? "—" : <Money amount={refunded} currency={currency} />),
      total: compact ? undefined : <Money amount={sumMoney(rows.map((row) => row.refunded))} currency={currency} />,
    },
    {
      key: "total",
      header: t("orders.total"),
      sort: "total",
      align: "end",
      cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
      total: compact ? undefined : <Money amount={sumMoney(rows.map((row) => row.total))} currency={currency} />,
    },
  ]
  const hidden = new Set(compact ? ["customer", "delivery", "refunded"] : unwanted)
  if (rows.every((row) => isZero(row.refunded))) hidden.add("refunded")
  return (
    <DataTable
      caption={t("orders.title")}
      columns={columns.filter((column) => !hidden.has(column.key))}
      rows={rows}
      rowKey={({ id }) => id}
      ordering={ordering}
      onOrdering={onOrdering}
    />
  )
}
