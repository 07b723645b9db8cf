import { Button } from "@mantine/core"
import type { TFunction } from "i18next"
import { useState } from "react"
import { Copy, PartyPopper, Printer, Ticket } from "lucide-react"
import { useTranslation } from "react-i18next"
import { formatMoney, isZero } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { ButtonLink } from "@/ui/button-link"
import { DateTime } from "@/ui/date-time"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { notify } from "@/ui/notify"
import { useCancelOrder, type Order } from "../api/orders"
import { fetchOrderTickets } from "../api/tickets"
import { HoldClock } from "./hold-clock"
import { Columns } from "./layout"
import { LineList } from "./line-list"
import { Notice } from "./notice"
import { PartStatusPill } from "./order-status"
import { OrderSummary } from "./order-summary"
import { SaveButton } from "./save-button"
import classes from "./order-view.module.css"

interface Props {
  order: Order
  /** The person comes straight from paying. */
  justPaid: boolean
  onOver: () => void
  onAgain: () => void
  isRefilling: boolean
}

export function OrderView({ order, justPaid, onOver, onAgain, isRefilling }: Props) {
  const { t } = useTranslation("checkout")
  return (
    <Columns side={<OrderSummary order={order} />}>
      <Standing order={order} justPaid={justPaid} onOver={onOver} onAgain={onAgain} isRefilling={isRefilling} />
      {order.parts.map((part) => (
        <section key={part.id} className={classes.part} aria-label={part.organizer.display_name}>
          <div className={classes.partHead}>
            <Heading level={2} size="small">
              {part.organizer.display_name}
            </Heading>
            {order.payment_status !== "unpaid" && <PartStatusPill status={part.status} />}
          </div>
          {order.payment_status === "paid" && <p className={classes.next}>{nextOf(part, order, t)}</p>}
          {part.tracking_number !== "" && (
            <Tracking number={part.tracking_number} />
          )}
          <LineList
            currency={order.currency}
            lines={order.items
              .filter((item) => item.organizer.id === part.organizer.id)
              .map((item) => ({ ...item, amount: item.total_price, refunded: item.refunded_quantity }))}
          />
        </section>
      ))}
      {order.shipping_address && <Address address={order.shipping_address} />}
      <History order={order} />
    </Columns>
  )
}

function Tracking({ number }: { number: string }) {
  const { t } = useTranslation("checkout")
  async function copy() {
    await navigator.clipboard.writeText(number)
    await notify(t("orderPage.copied"))
  }
  return (
    <p className={classes.tracking}>
      {t("orderPage.tracking")} <strong>{number}</strong>
      <Button
        variant="quiet"
        size="compact-sm"
        leftSection={<Copy size={16} aria-hidden />}
        aria-label={t("orderPage.copyNumber", { number })}
        onClick={() => void copy().catch(() => undefined)} // the number can still be marked by hand
      >
        {t("orderPage.copy")}
      </Button>
    </p>
  )
}

/** What a buyer waits for from one seller, in a sentence. */
function nextOf(part: Order["parts"][number], order: Order, t: TFunction<"checkout">): string {
  if (part.status === "canceled") return t("orderPage.next.canceled")
  if (!part.has_gear) return t("orderPage.next.tickets")
  if (part.status === "completed") return t("orderPage.next.completed")
  if (part.status === "shipped") return t("orderPage.next.shipped")
  const way = order.delivery_type === "pickup" ? "pickup" : "delivery"
  return t(part.status === "packed" ? `orderPage.next.packed.${way}` : `orderPage.next.open.${way}`)
}

/** Where the order stands, and the next thing to do about it. */
function Standing({ order, justPaid, onOver, onAgain, isRefilling }: Props) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  const hasTickets = order.items.some((item) => item.item_type === "ticket" && item.refunded_quantity < item.quantity)
  const awaitsGear = order.parts.some((part) => part.has_gear && ["waiting", "open", "packed"].includes(part.status))

  const returned = !isZero(order.refunded_amount)
  const refunded = formatMoney(order.refunded_amount, order.currency, language)

  if (order.can_pay || order.payment_in_flight) return <Unpaid order={order} onOver={onOver} />
  if (order.status === "canceled" || order.status === "pending_payment") {
    return (
      <Notice
        title={t(returned ? "orderPage.late" : order.cancel_reason === "buyer" ? "pay.canceled" : "pay.expired")}
        actions={
          <Button onClick={onAgain} loading={isRefilling}>
            {t("orderPage.again")}
          </Button>
        }
      >
        <p>{returned ? t("orderPage.lateText", { amount: refunded }) : t("orderPage.againText")}</p>
      </Notice>
    )
  }
  if (order.payment_status !== "paid") {
    return (
      <Notice title={t("orderPage.refunded", { amount: refunded })}>
        <p>{t("orderPage.refundedText")}</p>
      </Notice>
    )
  }
  const words = [hasTickets && t("orderPage.ticketsReady"), awaitsGear && t(`orderPage.gear.${order.delivery_type}`)]
    .filter(Boolean)
    .join(" ")
  return (
    <Notice
      icon={justPaid ? <PartyPopper size={20} aria-hidden /> : undefined}
      title={justPaid ? t("orderPage.paidNow") : t("orderPage.paid", { amount: formatMoney(order.total_amount, order.currency, language) })}
      actions={
        hasTickets && (
          <>
            <ButtonLink to="/tickets" variant={justPaid ? "primary" : "default"} leftSection={<Ticket size={18} aria-hidden />}>
              {t("orderPage.toTickets")}
            </ButtonLink>
            <SaveButton
              icon={<Printer size={18} aria-hidden />}
              name={`tickets-${order.order_number}.pdf`}
              load={() => fetchOrderTickets(order.order_number)}
            >
              {t("orderPage.printTickets")}
            </SaveButton>
          </>
        )
      }
    >
      {words && <p>{words}</p>}
      {returned && <p>{t("orderPage.partRefunded", { amount: refunded })}</p>}
    </Notice>
  )
}

function Unpaid({ order, onOver }: { order: Order; onOver: () => void }) {
  const { t } = useTranslation(["checkout", "common"])
  const language = useLanguage()
  const cancel = useCancelOrder(order)
  const [asked, setAsked] = useState(false)
  return (
    <Notice
      tone="plain"
      title={t("orderPage.unpaid")}
      actions={
        <>
          <ButtonLink to="/orders/$number/pay" params={{ number: order.order_number }} variant="primary">
            {t("pay.pay", { amount: formatMoney(order.total_amount, order.currency, language) })}
          </ButtonLink>
          {order.can_cancel &&
            (asked ? (
              <Button variant="danger" loading={cancel.isPending} onClick={() => cancel.mutate()}>
                {t("orderPage.cancelSure")}
              </Button>
            ) : (
              <Button variant="quiet" onClick={() => setAsked(true)}>
                {t("orderPage.cancel")}
              </Button>
            ))}
        </>
      }
    >
      {order.expires_at && <HoldClock expiresAt={order.expires_at} onOver={onOver} />}
      <FormProblem error={cancel.error} />
    </Notice>
  )
}

function Address({ address }: { address: NonNullable<Order["shipping_address"]> }) {
  const { t } = useTranslation("checkout")
  const where = [address.street, address.city, address.region, address.postal_code].filter(Boolean).join(", ")
  return (
    <section className={classes.section}>
      <Heading level={2} size="small">
        {t("orderPage.address")}
      </Heading>
      <p className={classes.address}>
        {address.recipient}, {address.phone}
        <br />
        {where}
        {address.comment !== "" && (
          <>
            <br />
            {address.comment}
          </>
        )}
      </p>
    </section>
  )
}

/** What happened when. The steps of one instant that say the same are one step. */
function History({ order }: { order: Order }) {
  const { t } = useTranslation("checkout")
  const sellers = new Map(order.parts.map((part) => [part.id, part.organizer.display_name]))
  const steps = order.history.filter((step) => step.to_status !== "new" && step.to_status !== "waiting")
  if (steps.length === 0) return null
  return (
    <section className={classes.section}>
      <Heading level={2} size="small">
        {t("orderPage.history")}
      </Heading>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={`${step.part_id} ${step.to_status} ${step.at}`}>
            <span>
              {step.part_id === null
                ? t(`history.${step.to_status}` as "history.paid")
                : t(`partHistory.${step.to_status}` as "partHistory.open", { organizer: sellers.get(step.part_id) ?? "" })}
            </span>
            <DateTime iso={step.at} format="dateTime" />
          </li>
        ))}
      </ol>
    </section>
  )
}
