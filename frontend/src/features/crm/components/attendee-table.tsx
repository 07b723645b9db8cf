import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import type { Attendee, AttendeeStatus } from "../api/attendees"
import classes from "./order-table.module.css"

export const attendeeTones = {
  reserved: "warm",
  paid: "neutral",
  checked_in: "good",
  canceled: "danger",
  refunded: "danger",
} as const satisfies Record<AttendeeStatus, string>

/** Who holds tickets, with times by the clock of the event. */
export function AttendeeTable({ rows, timeZone }: { rows: Attendee[]; timeZone: string }) {
  const { t } = useTranslation("crm")
  const columns: Column<Attendee>[] = [
    {
      key: "name",
      header: t("customers.name"),
      cell: ({ attendee_name, name, email, customer }) => (
        <span className={classes.order}>
          {customer === null ? (
            <strong>{attendee_name || name}</strong>
          ) : (
            <Link to="/crm/customers/$customerId" params={{ customerId: String(customer) }}>
              {attendee_name || name}
            </Link>
          )}
          {email && email !== (attendee_name || name) && <small>{email}</small>}
        </span>
      ),
    },
    { key: "ticket", header: t("attendees.ticket"), cell: ({ ticket_type }) => ticket_type },
    { key: "phone", header: t("attendees.phone"), cell: ({ phone }) => phone ?? "—" },
    { key: "status", header: t("orders.status"), cell: ({ status }) => <StatusPill tone={attendeeTones[status]}>{t(`attendeeStatus.${status}`)}</StatusPill> },
    {
      key: "created",
      header: t("attendees.issued"),
      cell: ({ created_at }) => <DateTime iso={created_at} format="dateTime" timeZone={timeZone} />,
    },
    {
      key: "came",
      header: t("attendees.came"),
      cell: ({ checked_in_at }) => (checked_in_at ? <DateTime iso={checked_in_at} format="dateTime" timeZone={timeZone} /> : "—"),
    },
  ]
  return <DataTable caption={t("attendees.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
