import { Link } from "@tanstack/react-router"
import { QrCode } from "lucide-react"
import { useTranslation } from "react-i18next"
import { DateBlock, DateTime } from "@/ui/date-time"
import { Heading } from "@/ui/heading"
import { TicketStub } from "@/ui/ticket-stub"
import type { TicketRow } from "../api/tickets"
import { TicketStatusPill } from "./ticket-status"
import { ticketNumber } from "./ticket-number"
import classes from "./ticket.module.css"

export function TicketCards({ tickets }: { tickets: TicketRow[] }) {
  return (
    <div className={classes.list}>
      {tickets.map((ticket) => (
        <TicketCard key={ticket.id} ticket={ticket} />
      ))}
    </div>
  )
}

function TicketCard({ ticket }: { ticket: TicketRow }) {
  const { t } = useTranslation("checkout")
  const { event } = ticket
  return (
    <TicketStub
      className={`${classes.card} ${ticket.code === null ? classes.void : ""}`}
      printed={ticket.code !== null}
      stub={
        <div className={classes.stub}>
          <span className={classes.number}>{ticketNumber(ticket.id)}</span>
          {ticket.code === null || ticket.checked_in_at ? (
            <TicketStatusPill status={ticket.status} />
          ) : (
            <span className={classes.stubTop}>
              <QrCode size={16} aria-hidden style={{ verticalAlign: "-3px" }} /> {t("ticket.show")}
            </span>
          )}
        </div>
      }
    >
      <div className={classes.words}>
        <DateBlock iso={event.start_datetime} timeZone={event.timezone} />
        <div className={classes.text}>
          <Heading level={2} size="title">
            <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
              {event.title}
            </Link>
          </Heading>
          <p className={classes.kind}>
            {[ticket.ticket_type, ticket.attendee_name].filter(Boolean).join(" · ")}
          </p>
          <p className={classes.place}>
            <DateTime iso={event.start_datetime} format="time" timeZone={event.timezone} />
            {", "}
            {event.location ? `${event.location.city}, ${event.location.address}` : t("ticket.online")}
          </p>
        </div>
      </div>
    </TicketStub>
  )
}
