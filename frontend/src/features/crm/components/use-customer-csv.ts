import { useTranslation } from "react-i18next"
import { sortableTime } from "@/lib/dates"
import type { CustomerRow } from "../api/customers"

/** How a customer is written into a spreadsheet, and which of the table's columns can be hidden. */
export function useCustomerCsv(timeZone: string) {
  const { t } = useTranslation(["crm", "desk"])
  const columns: { header: string; text: (row: CustomerRow) => string }[] = [
    { header: t("customers.name"), text: (row) => row.name },
    { header: t("desk:orders.email"), text: (row) => row.email ?? "" },
    { header: t("tags.title"), text: (row) => row.tags.join(", ") },
    { header: t("customers.lastOrder"), text: (row) => sortableTime(row.last_order_at, timeZone) },
    { header: t("customers.orders"), text: (row) => String(row.orders_count) },
    { header: t("customers.spent"), text: (row) => row.spent },
    { header: t("desk:orders.currency"), text: (row) => row.currency },
  ]
  const chooser = [
    { key: "tags", header: t("tags.title") },
    { key: "last", header: t("customers.lastOrder") },
    { key: "orders", header: t("customers.orders") },
    { key: "spent", header: t("customers.spent") },
  ]
  return { columns, chooser }
}
