import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import type { Customer } from "../api/customers"
import { attendeeTones } from "./attendee-table"
import classes from "./dashboard-lists.module.css"
import { Panel } from "./panel"

/** What a person may enter, or has entered: the latest event first, each by the clock of its own. */
export function CustomerTickets({ tickets }: { tickets: Customer["tickets"] }) {
  const { t } = useTranslation("crm")
  return (
    <Panel title={t("customer.tickets")}>
      <ul className={classes.rows}>
        {tickets.map(({ id, status, event_id, event_title, event_start, event_timezone, ticket_type_name, attendee_name }) => (
          <li key={id}>
            <div className={classes.words}>
              <Link to="/crm/events/$eventId" params={{ eventId: String(event_id) }}>
                {event_title}
              </Link>
              <small>
                {[ticket_type_name, attendee_name].filter(Boolean).join(" · ")}
                {" · "}
                <DateTime iso={event_start} format="dateTime" timeZone={event_timezone} />
              </small>
            </div>
            <StatusPill tone={attendeeTones[status]}>{t(`attendeeStatus.${status}`)}</StatusPill>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
