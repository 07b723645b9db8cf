import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney, isZero } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import type { Order } from "../api/orders"
import { Summary } from "./summary"

export function OrderSummary({ order, action }: { order: Order; action?: ReactNode }) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  const count = order.items.reduce((sum, item) => sum + item.quantity, 0)
  return (
    <Summary
      title={t("summary.title", { count })}
      currency={order.currency}
      total={order.total_amount}
      rows={[
        { key: "items", label: t("summary.items"), amount: order.subtotal, free: true },
        {
          key: "shipping",
          label: t("summary.delivery"),
          amount: order.shipping,
          free: order.delivery_type === "delivery",
        },
        { key: "tax", label: t("summary.tax"), amount: order.tax },
      ]}
      action={action}
      note={
        !isZero(order.refunded_amount) &&
        t("summary.refunded", { amount: formatMoney(order.refunded_amount, order.currency, language) })
      }
    />
  )
}
