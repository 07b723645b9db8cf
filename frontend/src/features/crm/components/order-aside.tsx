import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { intlLocales } from "@/lib/language"
import { useLanguage } from "@/lib/use-language"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import { StatusPill } from "@/ui/status-pill"
import type { Order } from "../api/orders"
import { stepsOf } from "../timeline"
import classes from "./order-aside.module.css"
import { Panel } from "./panel"

/** Whose order it is, and where it goes. */
export function OrderCustomer({ order }: { order: Order }) {
  const { t } = useTranslation("crm")
  const language = useLanguage()
  const { customer, shipping_address: to } = order
  return (
    <Panel title={t("customer.title")}>
      <address className={classes.person}>
        <Link to="/crm/customers/$customerId" params={{ customerId: String(customer.id) }}>
          {customer.name}
        </Link>
        {customer.email && <a href={`mailto:${customer.email}`}>{customer.email}</a>}
        {customer.phone && <a href={`tel:${customer.phone}`}>{customer.phone}</a>}
      </address>
      <h3 className={classes.label}>{t("customer.delivery")}</h3>
      {to ? (
        <address className={classes.address}>
          <strong>{to.recipient}</strong>
          <span>{to.street}</span>
          <span>{[to.postal_code, to.city, to.region].filter(Boolean).join(", ")}</span>
          <span>{countryName(to.country, language)}</span>
          <a href={`tel:${to.phone}`}>{to.phone}</a>
          {to.comment && <em>{to.comment}</em>}
        </address>
      ) : (
        <p className={classes.text}>{t(`delivery.${order.delivery_type}`)}</p>
      )}
      {order.tracking_number && (
        <>
          <h3 className={classes.label}>{t("moves.tracking")}</h3>
          <p className={classes.text}>{order.tracking_number}</p>
        </>
      )}
    </Panel>
  )
}

function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(intlLocales(language), { type: "region" }).of(code) ?? code
}

/** What happened to this part of the order, the latest last, as it went. */
export function OrderTimeline({ order, timeZone }: { order: Order; timeZone: string }) {
  const { t } = useTranslation("crm")
  return (
    <Panel title={t("timeline.title")}>
      <ol className={classes.timeline}>
        {stepsOf(order).map(({ status, at, by, reason }) => (
          <li key={`${status}${at}`}>
            <strong>{t(`timeline.${status}`)}</strong>
            <small>
              <DateTime iso={at} format="dateTime" timeZone={timeZone} />
              {by && ` · ${t(`by.${by}`)}`}
            </small>
            {reason && <small>{reason}</small>}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

const refundTones = { initiated: "warm", succeeded: "good", failed: "danger" } as const

export function OrderRefunds({ order, timeZone }: { order: Order; timeZone: string }) {
  const { t } = useTranslation("crm")
  if (order.refunds.length === 0) return null
  return (
    <Panel title={t("refunds.title")}>
      <ul className={classes.refunds}>
        {order.refunds.map(({ id, amount, by, created_at, currency, reason, status }) => (
          <li key={id}>
            <span className={classes.refundSum}>
              <Money amount={amount} currency={currency} />
              <StatusPill tone={refundTones[status]}>{t(`refunds.${status}`)}</StatusPill>
            </span>
            <small>
              <DateTime iso={created_at} format="dateTime" timeZone={timeZone} /> · {t(`by.${by}`)}
            </small>
            {reason && <small>{reason}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
