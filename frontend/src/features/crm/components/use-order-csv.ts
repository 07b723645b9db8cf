import { useTranslation } from "react-i18next"
import { sortableTime } from "@/lib/dates"
import type { OrderRow } from "../api/orders"

/** How an order is written into a spreadsheet, and which of the table's columns can be hidden. */
export function useOrderCsv(timeZone: string) {
  const { t } = useTranslation(["crm", "desk"])
  const columns: { header: string; text: (row: OrderRow) => string }[] = [
    { header: t("orders.order"), text: (row) => row.order_number },
    { header: t("desk:orders.what"), text: (row) => row.title },
    { header: t("desk:orders.pieces"), text: (row) => String(row.pieces) },
    { header: t("orders.customer"), text: (row) => row.customer.name },
    { header: t("desk:orders.email"), text: (row) => row.customer.email ?? "" },
    { header: t("orders.paid"), text: (row) => (row.paid_at ? sortableTime(row.paid_at, timeZone) : "") },
    { header: t("orders.delivery"), text: (row) => t(`deliveryShort.${row.delivery_type}`) },
    { header: t("orders.status"), text: (row) => t(`status.${row.status}`) },
    { header: t("orders.refunded"), text: (row) => row.refunded },
    { header: t("orders.total"), text: (row) => row.total },
    { header: t("desk:orders.currency"), text: (row) => row.currency },
  ]
  const chooser = (["customer", "paid_at", "delivery", "status", "refunded", "total"] as const).map((key) => ({
    key,
    header: t(`orders.${key === "paid_at" ? "paid" : key}`),
  }))
  return { columns, chooser }
}
