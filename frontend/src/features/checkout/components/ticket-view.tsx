import { Button } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { CalendarPlus, Maximize2, Printer, WifiOff } from "lucide-react"
import { useRef } from "react"
import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import { googleCalendarUrl } from "@/lib/calendar"
import { useOnline } from "@/lib/use-online"
import { keepScreenOn } from "@/lib/wake-lock"
import { EventDate } from "@/ui/date-time"
import { Picture } from "@/ui/picture"
import { TicketStub } from "@/ui/ticket-stub"
import { fetchTicketCalendar, fetchTicketPdf, type Ticket } from "../api/tickets"
import { Notice } from "./notice"
import { SaveButton } from "./save-button"
import { ticketNumber } from "./ticket-number"
import { TicketActions } from "./ticket-actions"
import { TicketName } from "./ticket-name"
import { TicketStatusPill } from "./ticket-status"
import classes from "./ticket.module.css"

/** The ticket itself: the code that admits on white, whatever the theme, and what it admits to. */
export function TicketView({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <OfflineNotice />
      <TicketStub className={classes.full} stub={<Details ticket={ticket} />}>
        <Admission ticket={ticket} />
      </TicketStub>
      <TicketActions ticket={ticket} />
    </>
  )
}

/** Without a network the ticket shown is the one this device keeps. */
export function OfflineNotice() {
  const { t } = useTranslation("checkout")
  if (useOnline()) return null
  return (
    <div className={classes.offline}>
      <Notice title={t("ticket.offline")} icon={<WifiOff size={20} aria-hidden />}>
        <p>{t("ticket.offlineText")}</p>
      </Notice>
    </div>
  )
}

function Details({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const { event } = ticket
  return (
    <div className={classes.detail}>
      <Picture image={event.cover} ratio="3 / 1" sizes="400px" className={classes.cover} />
      <dl className={classes.facts}>
        <div>
          <dt>{t("ticket.when")}</dt>
          <dd>
            <EventDate
              start={event.start_datetime}
              end={event.end_datetime}
              timeZone={event.timezone}
              city={event.location?.city}
            />
          </dd>
        </div>
        <div>
          <dt>{t("ticket.where")}</dt>
          <dd>{event.location ? `${event.location.city}, ${event.location.address}` : t("ticket.online")}</dd>
        </div>
        <div>
          <dt>{t("ticket.kind")}</dt>
          <dd>{ticket.ticket_type}</dd>
        </div>
        <div>
          <dt>{t("ticket.name")}</dt>
          <TicketName ticket={ticket} />
        </div>
      </dl>
      <OnlineAccess ticket={ticket} />
      {ticket.qr_image && <Keep ticket={ticket} />}
      <ButtonLink to="/events/$slug" params={{ slug: event.slug }}>
        {t("ticket.toEvent")}
      </ButtonLink>
    </div>
  )
}

/** On paper, in the calendar. */
function Keep({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const { event } = ticket
  const google = googleCalendarUrl({
    title: event.title,
    start: event.start_datetime,
    end: event.end_datetime,
    timeZone: event.timezone,
    place: event.location ? `${event.location.address}, ${event.location.city}` : t("ticket.online"),
    path: `/tickets/${ticket.id}`,
  })
  return (
    <div className={classes.keep}>
      <SaveButton icon={<Printer size={18} aria-hidden />} name={`ticket-${ticket.id}.pdf`} load={() => fetchTicketPdf(ticket.id)}>
        {t("ticket.pdf")}
      </SaveButton>
      <SaveButton
        icon={<CalendarPlus size={18} aria-hidden />}
        name={`${event.slug}.ics`}
        load={() => fetchTicketCalendar(ticket.id)}
      >
        {t("ticket.calendar")}
      </SaveButton>
      <a className={classes.google} href={google} target="_blank" rel="noreferrer">
        {t("ticket.google")}
      </a>
    </div>
  )
}

export function BackToTickets() {
  const { t } = useTranslation("checkout")
  return (
    <Link to="/tickets" className={classes.back}>
      {t("tickets")}
    </Link>
  )
}

function Admission({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const screen = useRef<HTMLDialogElement>(null)
  const release = useRef<() => void>(undefined)

  function show() {
    screen.current?.showModal()
    release.current = keepScreenOn()
  }
  if (!ticket.qr_image) {
    return (
      <div className={classes.qrStub}>
        <span className={classes.number}>{ticketNumber(ticket.id)}</span>
        <TicketStatusPill status={ticket.status} />
        <p className={classes.admits}>{t("ticket.invalid")}</p>
      </div>
    )
  }
  const used = ticket.checked_in_at !== null
  return (
    <div className={classes.qrStub}>
      <img className={used ? `${classes.qr} ${classes.used}` : classes.qr} src={ticket.qr_image} alt={t("ticket.qr")} />
      <span className={classes.number}>{ticketNumber(ticket.id)}</span>
      {used ? <TicketStatusPill status={ticket.status} /> : <p className={classes.admits}>{t("ticket.admits")}</p>}
      <Button leftSection={<Maximize2 size={18} aria-hidden />} onClick={show}>
        {t("ticket.fullScreen")}
      </Button>
      <dialog ref={screen} className={classes.screen} aria-label={t("ticket.qr")} onClose={() => release.current?.()}>
        <p className={classes.screenTitle}>{ticket.event.title}</p>
        <img className={classes.qr} src={ticket.qr_image} alt={t("ticket.qr")} />
        <div>
          <p className={classes.screenTitle}>{ticketNumber(ticket.id)}</p>
          <p className={classes.hint}>{t("ticket.brightness")}</p>
          <form method="dialog">
            <Button type="submit">{t("ticket.close")}</Button>
          </form>
        </div>
      </dialog>
    </div>
  )
}

function OnlineAccess({ ticket: { online_info: info } }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  if (!info) return null
  const links = [info.meeting_link, info.stream_url].filter((link) => link !== "")
  return (
    <div className={classes.online}>
      <strong>{t("ticket.join")}</strong>
      {links.map((link) => (
        <a key={link} href={link} target="_blank" rel="noreferrer">
          {link}
        </a>
      ))}
      {info.access_instructions && <p>{info.access_instructions}</p>}
    </div>
  )
}
