import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime, ZoneName } from "@/ui/date-time"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import type { EventRow } from "../api/events"
import { EventStatusPill } from "./event-status"
import classes from "./event-table.module.css"
import { Meter } from "./meter"

interface Props {
  rows: EventRow[]
  ordering: string
  onOrdering: (ordering: string) => void
}

export function EventTable({ rows, ordering, onOrdering }: Props) {
  const { t } = useTranslation("crm")
  const columns: Column<EventRow>[] = [
    {
      key: "event",
      header: t("events.event"),
      sort: "title",
      cell: ({ id, title, cover, city, category }) => (
        <span className={classes.event}>
          <Picture image={cover} ratio="16 / 9" sizes="96px" className={classes.cover} />
          <span className={classes.words}>
            <Link to="/crm/events/$eventId" params={{ eventId: String(id) }}>
              {title}
            </Link>
            <small>{[category.name, city ?? t("events.online")].join(" · ")}</small>
          </span>
        </span>
      ),
    },
    {
      key: "start",
      header: t("events.start"),
      sort: "start_datetime",
      cell: ({ start_datetime, timezone }) => (
        <span className={classes.words}>
          <DateTime iso={start_datetime} format="full" timeZone={timezone} />
          <small className={classes.zone}>
            <ZoneName timeZone={timezone} />
          </small>
        </span>
      ),
    },
    { key: "status", header: t("orders.status"), cell: ({ status }) => <EventStatusPill status={status} /> },
    {
      key: "sold",
      header: t("events.sold"),
      sort: "tickets_sold",
      align: "end",
      cell: ({ tickets_sold: sold, tickets_total: total }) => <Meter label={t("events.soldOf", { sold, total })} share={total ? sold / total : 0} />,
    },
    {
      key: "revenue",
      header: t("figures.revenue"),
      sort: "revenue",
      align: "end",
      cell: ({ revenue, currency }) => <Money amount={revenue} currency={currency} />,
    },
  ]
  return <DataTable caption={t("events.title")} columns={columns} rows={rows} rowKey={({ id }) => id} ordering={ordering} onOrdering={onOrdering} />
}
