import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { useSessionStatus } from "@/api/session"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { ButtonLink } from "@/ui/button-link"
import { clearBasketChanges, useBasketChanges, type BasketChange } from "../api/basket-changes"
import { orderList } from "../api/orders"
import { HoldClock } from "./hold-clock"
import { Notice } from "./notice"

/** What became of a guest's lines when they were taken over after sign-in, line by line. */
export function MergeNotice() {
  const { t } = useTranslation(["checkout", "common"])
  const changes = useBasketChanges()
  if (changes.length === 0) return null
  return (
    <Notice
      tone="warm"
      title={t("merge.title", { count: changes.length })}
      actions={
        <Button size="xs" onClick={clearBasketChanges}>
          {t("merge.understood")}
        </Button>
      }
    >
      <ul>
        {changes.map((change) => (
          <li key={`${change.item_type} ${change.variant_id ?? change.ticket_type_id}`}>
            <ChangeText change={change} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Things a guest chose that are no longer to be had, or do not go with the rest. */
export function GoneNotice({ gone, onDrop }: { gone: BasketChange[]; onDrop: (change: BasketChange) => void }) {
  const { t } = useTranslation(["checkout", "common"])
  if (gone.length === 0) return null
  return (
    <Notice
      tone="warm"
      title={t("gone.title", { count: gone.length })}
      actions={
        <Button size="xs" onClick={() => gone.forEach(onDrop)}>
          {t("gone.remove")}
        </Button>
      }
    >
      <ul>
        {gone.map((change) => (
          <li key={`${change.item_type} ${change.variant_id ?? change.ticket_type_id}`}>
            <ChangeText change={change} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function ChangeText({ change }: { change: BasketChange }) {
  const { t } = useTranslation("checkout")
  const title = change.title || t(`gone.${change.item_type}`)
  const why = t(`change.${change.code}` as "change.sold_out", { defaultValue: t("change.unavailable") })
  return change.quantity > 0 ? t("change.fewer", { title, why, count: change.quantity }) : t("change.none", { title, why })
}

/** An order made and not paid yet: the basket is empty because of it, and the way back to it is here. */
export function WaitingOrder() {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  const { data } = useQuery({
    ...orderList({ status: "pending_payment", page_size: 5 }),
    enabled: useSessionStatus() === "signed-in",
    staleTime: 0,
  })
  const order = data?.results.find((one) => one.can_pay || one.payment_in_flight)
  if (!order) return null
  return (
    <Notice
      title={t("waiting.title", { number: order.order_number })}
      actions={
        <ButtonLink to="/orders/$number/pay" params={{ number: order.order_number }} variant="primary">
          {t("pay.pay", { amount: formatMoney(order.total_amount, order.currency, language) })}
        </ButtonLink>
      }
    >
      {order.expires_at && <HoldClock expiresAt={order.expires_at} />}
    </Notice>
  )
}
