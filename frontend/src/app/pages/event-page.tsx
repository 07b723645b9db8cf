import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { BadgeCheck, Share2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useAddToBasket } from "@/features/checkout/api/add-to-basket"
import { openBasket } from "@/features/checkout/api/basket-sheet"
import { eventDetail, type EventDetail } from "@/features/events/api/events"
import { AddToCalendar } from "@/features/events/components/add-to-calendar"
import { TicketPicker, type ChosenTicket } from "@/features/events/components/ticket-picker"
import { formatDate } from "@/lib/dates"
import { useLanguage } from "@/lib/use-language"
import { EventDate } from "@/ui/date-time"
import { ErrorState } from "@/ui/error-state"
import { Heading } from "@/ui/heading"
import { notify } from "@/ui/notify"
import { PageHeader } from "@/ui/page-header"
import { Picture } from "@/ui/picture"
import { RichText } from "@/ui/rich-text"
import { Skeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import { useCountView } from "../use-count-view"
import classes from "./event-page.module.css"
import { PageProblem } from "./page-problem"

const route = getRouteApi("/storefront/events/$slug")

export function EventPage() {
  const { slug } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(eventDetail(slug))
  if (isPending) return <EventSkeleton />
  if (error) return <PageProblem error={error} onRetry={refetch} />
  return <EventView event={data} />
}

function EventView({ event }: { event: EventDetail }) {
  const { t } = useTranslation("events")
  const add = useAddToBasket()
  useCountView("event", event.id, event.organizer.slug)

  async function addTickets(tickets: ChosenTicket[]) {
    await add.mutateAsync(
      tickets.map(({ offer, quantity }) => ({
        item_type: "ticket" as const,
        ticket_type_id: offer.id,
        quantity,
        seen_price: offer.price,
      })),
    )
    openBasket(t("tickets.added", { count: tickets.reduce((sum, { quantity }) => sum + quantity, 0) }))
  }

  return (
    <article className={classes.page}>
      <div className={classes.cover}>
        <Picture image={event.cover} ratio="16 / 9" sizes="(min-width: 62em) 760px, 100vw" priority />
      </div>
      <div className={classes.head}>
        <PageHeader
          title={event.title}
          kicker={event.category.name}
          lead={<EventStatusLine event={event} />}
          actions={<ShareButton title={event.title} />}
        />
      </div>
      <aside className={classes.side}>
        <section className={classes.card} aria-labelledby="tickets">
          <Heading level={2} size="title" id="tickets">
            {t("detail.tickets")}
          </Heading>
          {add.error && <ErrorState error={add.error} />}
          <TicketPicker event={event} adding={add.isPending} onAdd={addTickets} />
          <RefundRule event={event} />
        </section>
      </aside>
      <div className={classes.body}>
        <Facts event={event} />
        <section>
          <Heading level={2} size="title">
            {t("detail.about")}
          </Heading>
          <RichText html={event.description} />
        </section>
        <Host event={event} />
      </div>
    </article>
  )
}

/** Beside the button that buys: how a ticket comes back. */
function RefundRule({ event }: { event: EventDetail }) {
  const { t } = useTranslation("events")
  const language = useLanguage()
  if (event.is_free) return <p className={classes.quiet}>{t("detail.refundFree")}</p>
  if (!event.refund_until) return <p className={classes.quiet}>{t("detail.refundAsk")}</p>
  const date = formatDate(event.refund_until, "dateTime", language, event.timezone)
  return <p className={classes.quiet}>{t("detail.refundUntil", { date })}</p>
}

function EventStatusLine({ event }: { event: EventDetail }) {
  const { t } = useTranslation("events")
  const [now] = useState(() => new Date())
  if (event.status === "canceled") return <StatusPill tone="danger">{t("detail.canceled")}</StatusPill>
  if (new Date(event.end_datetime) < now) return <StatusPill>{t("detail.finished")}</StatusPill>
  const days = Math.max(0, daysBetween(now, new Date(event.start_datetime), event.timezone))
  return <StatusPill tone="strong">{t("detail.inDays", { days })}</StatusPill>
}

/** Whole calendar days as the clocks at the event count them. */
function daysBetween(from: Date, to: Date, timeZone: string): number {
  const day = (date: Date) => Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone }).format(date))
  return Math.round((day(to) - day(from)) / 86_400_000)
}

function Facts({ event }: { event: EventDetail }) {
  const { t } = useTranslation("events")
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t("detail.when")}</dt>
        <dd>
          <EventDate
            start={event.start_datetime}
            end={event.end_datetime}
            timeZone={event.timezone}
            city={event.location?.city}
          />
          {event.status === "published" && <AddToCalendar event={event} />}
        </dd>
      </div>
      <div>
        <dt>{t("detail.where")}</dt>
        <dd>
          {event.location ? (
            <>
              <span>{event.location.city}</span>
              <span className={classes.quiet}>{event.location.address}</span>
              <a href={mapAddress(event.location)} target="_blank" rel="noreferrer">
                {t("detail.map")}
              </a>
            </>
          ) : (
            <>
              <span>{t("online")}</span>
              <span className={classes.quiet}>{t("detail.onlineText")}</span>
            </>
          )}
        </dd>
      </div>
    </dl>
  )
}

function mapAddress({ map_url, latitude, longitude, city, address }: NonNullable<EventDetail["location"]>): string {
  if (map_url) return map_url
  const place = latitude && longitude ? `${latitude},${longitude}` : `${city}, ${address}`
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(place)}`
}

function Host({ event }: { event: EventDetail }) {
  const { t } = useTranslation("events")
  const { organizer } = event
  return (
    <section className={classes.host}>
      <Heading level={2} size="title">
        {t("detail.organizer")}
      </Heading>
      <p className={classes.name}>
        <Link to="/organizers/$slug" params={{ slug: organizer.slug }}>
          {organizer.display_name}
        </Link>
        {organizer.verified && (
          <span className={classes.verified}>
            <BadgeCheck size={18} aria-hidden /> {t("detail.verified")}
          </span>
        )}
      </p>
      {organizer.bio && <p className={classes.bio}>{organizer.bio}</p>}
      <Link to="/organizers/$slug" params={{ slug: organizer.slug }}>
        {t("organizer.all")}
      </Link>
    </section>
  )
}

function ShareButton({ title }: { title: string }) {
  const { t } = useTranslation("events")
  async function share() {
    const url = window.location.href
    if ("share" in navigator) {
      await navigator.share({ title, url }).catch(() => undefined) // closing the sheet is an answer too
      return
    }
    await (navigator as Navigator).clipboard.writeText(url)
    await notify(t("detail.copied"))
  }
  return (
    <Button leftSection={<Share2 size={18} aria-hidden />} onClick={() => void share()}>
      {t("detail.share")}
    </Button>
  )
}

function EventSkeleton() {
  return (
    <div className={classes.page}>
      <div className={classes.cover}>
        <Skeleton height={0} ratio="16 / 9" />
      </div>
      <div className={classes.head}>
        <Skeleton height={90} width="min(520px, 90%)" />
      </div>
      <div className={classes.side}>
        <Skeleton height={320} />
      </div>
      <div className={classes.body}>
        <Skeleton height={120} />
      </div>
    </div>
  )
}
