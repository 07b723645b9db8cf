import { Link } from "@tanstack/react-router"
import { BadgeCheck, MapPin, Video } from "lucide-react"
import { useTranslation } from "react-i18next"
import { DateBlock, DateTime } from "@/ui/date-time"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { StatusPill } from "@/ui/status-pill"
import { TicketStub } from "@/ui/ticket-stub"
import type { EventCardData } from "../api/events"
import classes from "./event-card.module.css"

const FEW = 5

interface Props {
  event: EventCardData
  /** Above the fold: its picture is fetched at once. */
  priority?: boolean
  level?: 2 | 3
  /** On the host's own page everything is theirs. */
  hideHost?: boolean
}

export function EventCard({ event, priority = false, level = 2, hideHost = false }: Props) {
  const { t } = useTranslation("events")
  return (
    <TicketStub side="below" className={classes.card} stub={<EventOffer event={event} />}>
      <Picture
        image={event.cover}
        ratio="16 / 9"
        sizes="(min-width: 64em) 380px, (min-width: 40em) 50vw, 100vw"
        priority={priority}
        className={classes.cover}
      />
      <div className={classes.words}>
        <DateBlock iso={event.start_datetime} timeZone={event.timezone} />
        <div>
          <p className={classes.sport}>{event.category.name}</p>
          <Heading level={level} size="title">
            <Link to="/events/$slug" params={{ slug: event.slug }} className={classes.link}>
              {event.title}
            </Link>
          </Heading>
          <EventPlace event={event} />
          {!hideHost && (
            <Link to="/organizers/$slug" params={{ slug: event.organizer.slug }} className={classes.host}>
              {event.organizer.display_name}
              {event.organizer.verified && <BadgeCheck size={15} aria-label={t("detail.verified")} />}
            </Link>
          )}
        </div>
      </div>
    </TicketStub>
  )
}

export function EventPlace({ event }: { event: EventCardData }) {
  const { t } = useTranslation("events")
  const Icon = event.city ? MapPin : Video
  return (
    <p className={classes.place}>
      <Icon size={16} aria-hidden />
      <span>
        {event.city || t("online")}
        {", "}
        <DateTime iso={event.start_datetime} format="time" timeZone={event.timezone} />
      </span>
    </p>
  )
}

/** What it costs to come, and how much room is left when it is little. */
export function EventOffer({ event }: { event: EventCardData }) {
  const { t } = useTranslation("events")
  return (
    <div className={classes.offer}>
      {event.price_from === null ? (
        <span className={classes.quiet}>{t("noTickets")}</span>
      ) : (
        <Money
          amount={event.price_from}
          currency={event.currency}
          from={!event.is_free && event.price_from !== "0.00"}
          free
          className={classes.price}
        />
      )}
      {event.tickets_left === 0 && <StatusPill>{t("soldOut")}</StatusPill>}
      {event.tickets_left > 0 && event.tickets_left <= FEW && (
        <StatusPill tone="warm">{t("left", { count: event.tickets_left })}</StatusPill>
      )}
    </div>
  )
}
