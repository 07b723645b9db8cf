import { useTranslation } from "react-i18next"

/** Which columns of the orders' table can be hidden. */
export function useOrderColumns() {
  const { t } = useTranslation("crm")
  return (["customer", "paid_at", "delivery", "status", "refunded", "total"] as const).map((key) => ({
    key,
    header: t(`orders.${key === "paid_at" ? "paid" : key}`),
  }))
}

/** Which columns of the customers' table can be hidden. */
export function useCustomerColumns() {
  const { t } = useTranslation("crm")
  return [
    { key: "tags", header: t("tags.title") },
    { key: "last", header: t("customers.lastOrder") },
    { key: "orders", header: t("customers.orders") },
    { key: "spent", header: t("customers.spent") },
  ]
}
