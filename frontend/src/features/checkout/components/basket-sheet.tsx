import { Button } from "@mantine/core"
import { Check } from "lucide-react"
import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { Money } from "@/ui/money"
import { Sheet } from "@/ui/sheet"
import { ListSkeleton } from "@/ui/skeleton"
import { closeBasket } from "../api/basket-sheet"
import type { Basket } from "../api/cart"
import { useBasket, type BasketView } from "../api/use-basket"
import { useUndo } from "../api/use-undo"
import { BasketLines } from "./basket-lines"
import { GoneNotice, MergeNotice } from "./basket-notices"
import { RemovedNotice } from "./removed-notice"
import classes from "./basket-sheet.module.css"

/** The basket over the page where things are chosen, so that choosing can go on. */
export function BasketSheet({ added }: { added: string }) {
  const { t } = useTranslation("checkout")
  const view = useBasket()
  const { basket } = view
  return (
    <Sheet
      side="end"
      title={t("basket")}
      onClose={closeBasket}
      foot={basket && basket.lines.length > 0 && <Foot basket={basket} />}
    >
      <p role="status" className={classes.added}>
        {added && (
          <>
            <Check size={20} aria-hidden /> {added}
          </>
        )}
      </p>
      <Lines view={view} />
    </Sheet>
  )
}

function Lines({ view }: { view: BasketView }) {
  const { t } = useTranslation("checkout")
  const { basket, gone, error, refetch, setQuantity, dropGone, refusal } = view
  const taken = useUndo(setQuantity)

  if (error && !basket) return <ErrorState error={error} onRetry={refetch} />
  if (!basket) return <ListSkeleton rows={2} height={150} />
  return (
    <>
      <RemovedNotice line={taken.removed} onUndo={taken.undo} />
      <FormProblem error={refusal ?? taken.error} />
      <MergeNotice />
      <GoneNotice gone={gone} onDrop={dropGone} />
      {basket.lines.length === 0 ? (
        <EmptyState
          title={t("empty.title")}
          action={
            <>
              <ButtonLink to="/events">{t("empty.events")}</ButtonLink>
              <ButtonLink to="/shop">{t("empty.shop")}</ButtonLink>
            </>
          }
        />
      ) : (
        <BasketLines basket={basket} onQuantity={taken.change} />
      )}
    </>
  )
}

function Foot({ basket }: { basket: Basket }) {
  const { t } = useTranslation("checkout")
  return (
    <>
      <p className={classes.total}>
        <span>{t("summary.total")}</span>
        <Money amount={basket.subtotal} currency={basket.currency ?? "KZT"} free className={classes.sum} />
      </p>
      <p className={classes.note}>
        {basket.can_order ? (basket.needs_delivery ? t("summary.deliveryNext") : t("summary.ticketsNote")) : t("summary.blocked")}
      </p>
      <div className={classes.ways}>
        <ButtonLink to="/basket">{t("sheet.toBasket")}</ButtonLink>
        {basket.can_order ? (
          <ButtonLink to="/checkout" variant="primary">
            {t("summary.checkout")}
          </ButtonLink>
        ) : (
          <Button disabled>{t("summary.checkout")}</Button>
        )}
      </div>
    </>
  )
}
