import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import type { Task } from "@/features/crm/api/tasks"
import { customer as customerQuery, type Customer } from "@/features/crm/api/customers"
import { CustomerNotes } from "@/features/crm/components/customer-notes"
import { CustomerTags } from "@/features/crm/components/customer-tags"
import { CustomerTickets } from "@/features/crm/components/customer-tickets"
import { OrderTable } from "@/features/crm/components/order-table"
import { Panel } from "@/features/crm/components/panel"
import { TaskForm } from "@/features/crm/components/task-form"
import { TaskItems } from "@/features/crm/components/task-items"
import { ButtonLink } from "@/ui/button-link"
import { DateTime, ZoneName } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { PageHeader } from "@/ui/page-header"
import { ListSkeleton } from "@/ui/skeleton"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import classes from "./desk-list-page.module.css"
import order from "./desk-order-page.module.css"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/customers/$customerId")

export function DeskCustomerPage() {
  const { t } = useTranslation("crm")
  const { customerId } = route.useParams()
  const { data, error, refetch } = useQuery(customerQuery(Number(customerId)))
  if (data) return <CustomerCard customer={data} />
  return (
    <>
      <PageHeader title={t("customer.title")} kicker={<ToCustomers />} />
      {error instanceof ApiError && error.isNotFound ? (
        <EmptyState title={t("customer.missing")} action={<ButtonLink to="/crm/customers">{t("customers.showAll")}</ButtonLink>}>
          {t("customer.missingText")}
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <ListSkeleton rows={4} height={120} />
      )}
    </>
  )
}

function CustomerCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation("crm")
  const timeZone = useDeskZone()
  const [open, setOpen] = useState<Task | "new" | null>(null)
  const { city, currency, email, first_order_at, last_order_at, name, orders, orders_count, phone, tasks, tickets } = customer
  return (
    <>
      <PageHeader
        kicker={<ToCustomers />}
        title={name}
        lead={
          <span className={order.lead}>
            {email && <a href={`mailto:${email}`}>{email}</a>}
            {phone && <a href={`tel:${phone}`}>{phone}</a>}
            {city && <span>{city}</span>}
            <ZoneName timeZone={timeZone} />
          </span>
        }
      />
      <div className={classes.stack}>
        <StatTiles>
          <StatTile
            label={t("customers.spent")}
            value={<Money amount={customer.spent} currency={currency} />}
            hint={
              Number(customer.refunded) > 0 && (
                <>
                  {t("customer.refunded")} <Money amount={customer.refunded} currency={currency} />
                </>
              )
            }
          />
          <StatTile
            label={t("customers.orders")}
            value={t("figures.count", { count: orders_count })}
            hint={
              first_order_at &&
              last_order_at && (
                <>
                  {t("customer.since")} <DateTime iso={first_order_at} format="shortDate" timeZone={timeZone} />
                  <br />
                  {t("customer.latest")} <DateTime iso={last_order_at} format="shortDate" timeZone={timeZone} />
                </>
              )
            }
          />
          <StatTile
            label={t("customer.tickets")}
            value={t("figures.count", { count: customer.tickets_count })}
            hint={customer.attended > 0 && t("customer.attended", { count: customer.attended })}
          />
          <StatTile label={t("customer.goods")} value={t("figures.count", { count: customer.goods_count })} />
        </StatTiles>
        <div className={classes.columns}>
          <section className={classes.column} aria-label={t("customers.orders")}>
            <Heading level={2} size="small">
              {t("customers.orders")}
            </Heading>
            <OrderTable rows={orders} timeZone={timeZone} compact />
            {orders_count > orders.length && (
              <Link to="/crm/orders" search={{ customer: customer.id }} className={order.back}>
                {t("orders.showAll")}
              </Link>
            )}
            {tickets.length > 0 && <CustomerTickets tickets={tickets} />}
          </section>
          <div className={classes.column}>
            <CustomerTags customer={customer} />
            <CustomerNotes customer={customer} timeZone={timeZone} />
            <Panel
              title={t("tasks.title")}
              aside={
                <Button size="xs" onClick={() => setOpen("new")}>
                  {t("tasks.new")}
                </Button>
              }
            >
              {tasks.length > 0 ? <TaskItems tasks={tasks} onOpen={setOpen} /> : <p className={order.empty}>{t("tasks.noneAbout")}</p>}
            </Panel>
          </div>
        </div>
      </div>
      {open && (
        <TaskForm task={open === "new" ? undefined : open} about={{ customer_id: customer.id }} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

function ToCustomers() {
  const { t } = useTranslation("crm")
  return (
    <Link to="/crm/customers" className={order.back}>
      ← {t("customers.title")}
    </Link>
  )
}
