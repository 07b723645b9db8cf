import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { order as orderQuery, type Order } from "@/features/crm/api/orders"
import { OrderCustomer, OrderRefunds, OrderTimeline } from "@/features/crm/components/order-aside"
import { OrderLines } from "@/features/crm/components/order-lines"
import { OrderMoves } from "@/features/crm/components/order-moves"
import { OrderRequests } from "@/features/crm/components/order-requests"
import { PartStatusPill } from "@/features/crm/components/part-status"
import { TaskForm } from "@/features/crm/components/task-form"
import { ButtonLink } from "@/ui/button-link"
import { DateTime, ZoneName } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import classes from "./desk-order-page.module.css"
import { useDeskZone } from "./desk-zone"

const RefundDialog = lazy(async () => ({ default: (await import("@/features/crm/components/refund-dialog")).RefundDialog }))
const route = getRouteApi("/crm/orders/$orderId")

export function DeskOrderPage() {
  const { t } = useTranslation(["crm", "common"])
  const { orderId } = route.useParams()
  const { data, error, refetch } = useQuery(orderQuery(orderId))

  if (data) return <OrderView order={data} reference={orderId} />
  const title = t("order.title", { number: orderId })
  if (error instanceof ApiError && error.isNotFound) {
    return (
      <>
        <PageHeader title={title} kicker={<ToOrders />} />
        <EmptyState title={t("order.missing")} action={<ButtonLink to="/crm/orders">{t("order.toOrders")}</ButtonLink>}>
          {t("order.missingText")}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHeader title={title} kicker={<ToOrders />} />
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div className={classes.columns} role="status" aria-label={t("common:loading")}>
          <Skeleton height={420} />
          <Skeleton height={420} />
        </div>
      )}
    </>
  )
}

function OrderView({ order, reference }: { order: Order; reference: string }) {
  const { t } = useTranslation("crm")
  const timeZone = useDeskZone()
  const [refunding, setRefunding] = useState(false)
  const [noting, setNoting] = useState(false)
  return (
    <>
      <PageHeader
        kicker={<ToOrders />}
        title={t("order.title", { number: order.order_number })}
        whole={order.order_number}
        lead={
          <span className={classes.lead}>
            <PartStatusPill status={order.status} />
            <span>
              {t("order.paid")} <DateTime iso={order.paid_at} format="full" timeZone={timeZone} /> · <ZoneName timeZone={timeZone} />
            </span>
          </span>
        }
        actions={
          <>
            <Button onClick={() => setNoting(true)}>{t("tasks.new")}</Button>
            {order.can_refund && <Button onClick={() => setRefunding(true)}>{t("refund.open")}</Button>}
          </>
        }
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <OrderRequests order={order} timeZone={timeZone} />
          <OrderMoves order={order} reference={reference} />
          <OrderLines order={order} />
        </div>
        <div className={classes.column}>
          <OrderCustomer order={order} />
          <OrderTimeline order={order} timeZone={timeZone} />
          <OrderRefunds order={order} timeZone={timeZone} />
        </div>
      </div>
      {noting && <TaskForm about={{ order_id: order.id, customer_id: order.customer.id }} onClose={() => setNoting(false)} />}
      {refunding && (
        <Suspense>
          <RefundDialog order={order} reference={reference} onClose={() => setRefunding(false)} />
        </Suspense>
      )}
    </>
  )
}

function ToOrders() {
  const { t } = useTranslation("crm")
  return (
    <Link to="/crm/orders" className={classes.back}>
      ← {t("orders.title")}
    </Link>
  )
}
