import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import type { OrderCardData } from "../api/orders"
import { OrderStatusPill } from "./order-status"
import classes from "./order-cards.module.css"

const SHOWN = 3

export function OrderCards({ orders }: { orders: OrderCardData[] }) {
  const { t } = useTranslation("checkout")
  return (
    <ul className={classes.list}>
      {orders.map((order) => (
        <li key={order.id} className={classes.card}>
          <div>
            <span className={classes.number}>
              <Link to="/orders/$number" params={{ number: order.order_number }}>
                {order.order_number}
              </Link>
            </span>
            <p className={classes.when}>
              <DateTime iso={order.created_at} />
            </p>
          </div>
          <OrderStatusPill status={order.status} />
          <p className={classes.what}>
            {order.items
              .slice(0, SHOWN)
              .map((item) => (item.quantity > 1 ? `${item.title} × ${item.quantity}` : item.title))
              .join(", ")}
            {order.items.length > SHOWN && ` ${t("orders.more", { count: order.items.length - SHOWN })}`}
          </p>
          <span className={classes.when}>{t("summary.title", { count: order.item_count })}</span>
          <Money amount={order.total_amount} currency={order.currency} free className={classes.sum} />
        </li>
      ))}
    </ul>
  )
}
