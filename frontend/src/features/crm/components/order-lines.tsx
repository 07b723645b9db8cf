import { useTranslation } from "react-i18next"
import { isZero } from "@/lib/money"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { StatusPill } from "@/ui/status-pill"
import type { Order, OrderItem } from "../api/orders"
import classes from "./order-lines.module.css"
import { Panel } from "./panel"

/** The organizer's own lines and what they come to. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation("crm")
  const { currency } = order
  return (
    <Panel title={t("lines.title")}>
      <ul className={classes.lines}>
        {order.items.map((item) => (
          <li key={item.id}>
            <Picture image={item.image} ratio="1" sizes="64px" className={classes.thumb} />
            <div className={classes.words}>
              <strong>{item.title}</strong>
              <small>
                <Chosen item={item} />
              </small>
              {item.refunded_quantity > 0 && (
                <StatusPill tone="danger">{t("lines.refunded", { count: item.refunded_quantity })}</StatusPill>
              )}
            </div>
            <div className={classes.sum}>
              <Money amount={item.total_price} currency={currency} />
              {item.quantity > 1 && (
                <small>
                  {item.quantity} × <Money amount={item.unit_price} currency={currency} />
                </small>
              )}
            </div>
          </li>
        ))}
      </ul>
      <dl className={classes.totals}>
        {!isZero(order.shipping) && (
          <>
            <Sum label={t("lines.subtotal")} amount={order.subtotal} currency={currency} />
            <Sum label={t("lines.shipping")} amount={order.shipping} currency={currency} />
          </>
        )}
        <Sum label={t("lines.total")} amount={order.total} currency={currency} strong />
        {!isZero(order.refunded) && <Sum label={t("lines.givenBack")} amount={`-${order.refunded}`} currency={currency} />}
      </dl>
    </Panel>
  )
}

/** What was chosen at purchase: the kind of ticket and when it admits, or size, colour and article. */
export function Chosen({ item }: { item: OrderItem }) {
  const { ticket_type, starts_at, timezone, size, colour, sku } = item.options
  if (item.item_type === "product") return [size, colour, sku].filter(Boolean).join(" · ")
  return (
    <>
      {ticket_type}
      {starts_at && (
        <>
          {" · "}
          <DateTime iso={starts_at} format="dateTime" timeZone={timezone ?? undefined} />
        </>
      )}
    </>
  )
}

function Sum({ label, amount, currency, strong }: { label: string; amount: string; currency: string; strong?: boolean }) {
  return (
    <div data-strong={strong}>
      <dt>{label}</dt>
      <dd>
        <Money amount={amount} currency={currency} />
      </dd>
    </div>
  )
}
