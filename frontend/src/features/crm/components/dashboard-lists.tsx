import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { StatusPill } from "@/ui/status-pill"
import type { Dashboard } from "../api/dashboard"
import classes from "./dashboard-lists.module.css"
import { Panel } from "./panel"

/** What waits for a hand, whatever the period: each line leads to where it is done. */
export function ToDoNow({ data }: { data: Dashboard }) {
  const { t } = useTranslation("crm")
  const { parts_to_fulfil: parts, tasks } = data
  return (
    <section aria-label={t("now.title")}>
      <ul className={classes.now}>
        <li>
          <Link to="/crm/orders" search={{ status: "open" }}>
            <strong>{t("figures.count", { count: parts })}</strong>
            <span>{t("now.parts", { count: parts })}</span>
          </Link>
        </li>
        <li>
          <Link to="/crm/tasks">
            <strong>{t("figures.count", { count: tasks.open })}</strong>
            <span>
              {t("now.tasks", { count: tasks.open })}
              {tasks.overdue > 0 && <StatusPill tone="danger">{t("now.overdue", { count: tasks.overdue })}</StatusPill>}
            </span>
          </Link>
        </li>
      </ul>
    </section>
  )
}

/** What brought in most: events and gear, or the kinds of ticket where it is about one event. */
export function BestSellers({ data, event }: { data: Dashboard; event?: number }) {
  const { t } = useTranslation("crm")
  const ofEvent = event !== undefined
  const { best_sellers: sellers, currency } = data
  const most = Math.max(...sellers.map((seller) => Number(seller.revenue)), 1)
  return (
    <Panel
      title={t(ofEvent ? "best.kinds" : "best.title")}
      aside={
        ofEvent && (
          <Link to="/crm/events/$eventId" params={{ eventId: String(event) }} className={classes.more}>
            {t("best.event")}
          </Link>
        )
      }
    >
      {sellers.length === 0 ? (
        <p className={classes.none}>{t("best.none")}</p>
      ) : (
        <ol className={classes.best}>
          {sellers.map((seller) => (
            <li key={`${seller.item_type}${seller.id}${seller.title}`}>
              {!ofEvent && <Picture image={seller.image} ratio="1" sizes="56px" className={classes.thumb} />}
              <div className={classes.words}>
                {ofEvent ? (
                  <span className={classes.name}>{seller.title}</span>
                ) : seller.item_type === "ticket" ? (
                  <Link to="/crm/events/$eventId" params={{ eventId: String(seller.id) }}>
                    {seller.title}
                  </Link>
                ) : (
                  <Link to="/crm/products/$productId" params={{ productId: String(seller.id) }}>
                    {seller.title}
                  </Link>
                )}
                <span className={classes.track} aria-hidden>
                  <span style={{ width: `${(Number(seller.revenue) / most) * 100}%` }} />
                </span>
              </div>
              <div className={classes.sum}>
                <Money amount={seller.revenue} currency={currency} />
                <small>{t(`best.${seller.item_type}`, { count: seller.quantity })}</small>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

export function ComingEvents({ data }: { data: Dashboard }) {
  const { t } = useTranslation("crm")
  const events = data.upcoming_events
  return (
    <Panel title={t("coming.title")}>
      {events.length === 0 ? (
        <p className={classes.none}>{t("coming.none")}</p>
      ) : (
        <ul className={classes.rows}>
          {events.map(({ id, title, start_datetime, timezone, tickets_left: left, tickets_sold: sold }) => (
            <li key={id}>
              <div className={classes.words}>
                <Link to="/crm/events/$eventId" params={{ eventId: String(id) }}>
                  {title}
                </Link>
                <small>
                  <DateTime iso={start_datetime} format="dateTime" timeZone={timezone} />
                </small>
              </div>
              <div className={classes.sum}>
                {t("coming.sold", { count: sold })}
                <small>{left === 0 ? <StatusPill tone="good">{t("coming.soldOut")}</StatusPill> : t("coming.left", { count: left })}</small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

export function LowStock({ data }: { data: Dashboard }) {
  const { t } = useTranslation("crm")
  const { low_stock: variants, low_stock_count: count } = data
  return (
    <Panel title={t("low.title", { count })}>
      {variants.length === 0 ? (
        <p className={classes.none}>{t("low.none")}</p>
      ) : (
        <ul className={classes.rows}>
          {variants.map(({ variant_id, product_id, title, size, colour, sku_code, left }) => (
            <li key={variant_id}>
              <div className={classes.words}>
                <Link to="/crm/products/$productId" params={{ productId: String(product_id) }}>
                  {title}
                </Link>
                <small>{[size, colour, sku_code].filter(Boolean).join(" · ")}</small>
              </div>
              <StatusPill tone={left <= 0 ? "danger" : "warm"}>{t("low.left", { count: Math.max(0, left) })}</StatusPill>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
