import { Button } from "@mantine/core"
import { ShoppingBag } from "lucide-react"
import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { sumsFor } from "../api/basket-math"
import { useBasket } from "../api/use-basket"
import { useUndo } from "../api/use-undo"
import { BasketLines } from "./basket-lines"
import { GoneNotice, MergeNotice, WaitingOrder } from "./basket-notices"
import { BasketSkeleton } from "./basket-skeleton"
import { Columns } from "./layout"
import { RemovedNotice } from "./removed-notice"
import { Summary } from "./summary"

/** The whole basket in its four states. */
export function BasketView() {
  const { t } = useTranslation("checkout")
  const { basket, gone, error, refetch, setQuantity, dropGone, refusal } = useBasket()
  const taken = useUndo(setQuantity)

  if (error && !basket) return <ErrorState error={error} onRetry={refetch} />
  if (!basket) return <BasketSkeleton />
  if (basket.lines.length === 0) {
    return (
      <Columns side={null}>
        <WaitingOrder />
        <MergeNotice />
        <GoneNotice gone={gone} onDrop={dropGone} />
        <RemovedNotice line={taken.removed} onUndo={taken.undo} />
        <EmptyState
          title={t("empty.title")}
          icon={<ShoppingBag size={22} />}
          action={
            <>
              <ButtonLink to="/events" variant="primary">
                {t("empty.events")}
              </ButtonLink>
              <ButtonLink to="/shop">{t("empty.shop")}</ButtonLink>
            </>
          }
        >
          {t("empty.text")}
        </EmptyState>
      </Columns>
    )
  }

  const currency = basket.currency ?? "KZT"
  const { total } = sumsFor(basket, "none")
  return (
    <Columns
      side={
        <Summary
          title={t("summary.title", { count: basket.item_count })}
          rows={[{ key: "items", label: t("summary.items"), amount: basket.subtotal, free: true }]}
          total={total}
          currency={currency}
          action={
            basket.can_order ? (
              <ButtonLink to="/checkout" variant="primary">
                {t("summary.checkout")}
              </ButtonLink>
            ) : (
              <Button disabled>{t("summary.checkout")}</Button>
            )
          }
          note={
            basket.can_order
              ? basket.needs_delivery
                ? t("summary.deliveryNext")
                : t("summary.ticketsNote")
              : t("summary.blocked")
          }
        />
      }
    >
      <WaitingOrder />
      <MergeNotice />
      <GoneNotice gone={gone} onDrop={dropGone} />
      <RemovedNotice line={taken.removed} onUndo={taken.undo} />
      <FormProblem error={refusal ?? taken.error} />
      <BasketLines basket={basket} onQuantity={taken.change} />
    </Columns>
  )
}
