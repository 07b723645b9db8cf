import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import type { CustomerRow } from "../api/customers"
import { TagList } from "./tag-list"
import classes from "./order-table.module.css"

interface Props {
  rows: CustomerRow[]
  timeZone: string
  ordering: string
  onOrdering: (ordering: string) => void
  /** Keys of columns not wanted. */
  hidden: string[]
}

export function CustomerTable({ rows, timeZone, ordering, onOrdering, hidden }: Props) {
  const { t } = useTranslation("crm")
  const columns: Column<CustomerRow>[] = [
    {
      key: "name",
      header: t("customers.name"),
      sort: "name",
      cell: ({ id, name, email }) => (
        <span className={classes.order}>
          <Link to="/crm/customers/$customerId" params={{ customerId: String(id) }}>
            {name}
          </Link>
          {email && email !== name && <small>{email}</small>}
        </span>
      ),
    },
    {
      key: "tags",
      header: t("tags.title"),
      cell: ({ tags }) => (tags.length > 0 ? <TagList tags={tags} label={t("tags.title")} /> : "—"),
    },
    {
      key: "last",
      header: t("customers.lastOrder"),
      sort: "last_order_at",
      cell: ({ last_order_at }) => <DateTime iso={last_order_at} format="shortDate" timeZone={timeZone} />,
    },
    { key: "orders", header: t("customers.orders"), sort: "orders", align: "end", cell: (row) => t("figures.count", { count: row.orders_count }) },
    {
      key: "spent",
      header: t("customers.spent"),
      sort: "spent",
      align: "end",
      cell: ({ spent, currency }) => <Money amount={spent} currency={currency} />,
    },
  ]
  return (
    <DataTable
      caption={t("customers.title")}
      columns={columns.filter(({ key }) => !hidden.includes(key))}
      rows={rows}
      rowKey={({ id }) => id}
      ordering={ordering}
      onOrdering={onOrdering}
    />
  )
}
