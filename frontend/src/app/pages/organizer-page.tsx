import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { AtSign, BadgeCheck, MapPin } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { organizer as organizerQuery, type PublicOrganizer } from "@/features/accounts/api/public-organizer"
import { eventList, type EventCardData } from "@/features/events/api/events"
import { EventGrid, EventGridSkeleton } from "@/features/events/components/event-grid"
import { productList } from "@/features/market/api/products"
import { ProductGrid, ProductGridSkeleton } from "@/features/market/components/product-card"
import { ButtonLink } from "@/ui/button-link"
import { DateTime } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { Heading } from "@/ui/heading"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { Picture } from "@/ui/picture"
import { Skeleton } from "@/ui/skeleton"
import classes from "./organizer-page.module.css"
import { PageProblem } from "./page-problem"

const EVENTS = 6
const GEAR = 10
const PAST = 10
const route = getRouteApi("/storefront/organizers/$slug")

export function OrganizerPage() {
  const { slug } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(organizerQuery(slug))
  if (isPending) return <Skeleton height={200} />
  if (error) return <PageProblem error={error} onRetry={refetch} />
  return <OrganizerView organizer={data} />
}

function OrganizerView({ organizer }: { organizer: PublicOrganizer }) {
  const { t } = useTranslation("events")
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        {organizer.logo && <Picture image={organizer.logo} ratio="1" sizes="120px" priority className={classes.logo} />}
        <div>
          <PageHeader title={organizer.display_name} kicker={t("detail.organizer")} />
          <Contacts organizer={organizer} />
        </div>
      </div>
      {organizer.bio && <p className={classes.bio}>{organizer.bio}</p>}
      <Ahead organizer={organizer} />
      <Gear organizer={organizer} />
      <Past organizer={organizer} />
    </div>
  )
}

function Contacts({ organizer }: { organizer: PublicOrganizer }) {
  const { t } = useTranslation("events")
  return (
    <ul className={classes.contacts}>
      {organizer.verified && (
        <li className={classes.verified}>
          <BadgeCheck size={18} aria-hidden /> {t("detail.verified")}
        </li>
      )}
      {organizer.city && (
        <li>
          <MapPin size={18} aria-hidden /> {organizer.city}
        </li>
      )}
      {organizer.instagram && (
        <li>
          <a href={`https://www.instagram.com/${organizer.instagram}/`} target="_blank" rel="noreferrer">
            <AtSign size={18} aria-hidden /> Instagram: {organizer.instagram}
          </a>
        </li>
      )}
    </ul>
  )
}

function Ahead({ organizer }: { organizer: PublicOrganizer }) {
  const { t } = useTranslation("events")
  const { events: page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(eventList({ organizer: organizer.slug, page, page_size: EVENTS }))
  return (
    <Shelf title={t("organizer.ahead")} count={data?.count}>
      {isPending ? (
        <EventGridSkeleton rows={3} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.count === 0 ? (
        <EmptyState title={t("organizer.nothingAhead")} action={<ButtonLink to="/events">{t("home.allEvents")}</ButtonLink>} />
      ) : (
        <>
          <EventGrid events={data.results} level={3} hideHost />
          <Pager
            page={page}
            count={data.count}
            pageSize={EVENTS}
            onPage={(events) => void navigate({ search: (old) => ({ ...old, events }), resetScroll: false })}
          />
        </>
      )}
    </Shelf>
  )
}

/** Not every organizer sells things: without any there is no empty shelf either. */
function Gear({ organizer }: { organizer: PublicOrganizer }) {
  const { t } = useTranslation("events")
  const { gear: page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(productList({ organizer: organizer.slug, page, page_size: GEAR }))
  if (data?.count === 0) return null
  return (
    <Shelf title={t("organizer.gear")} count={data?.count}>
      {isPending ? (
        <ProductGridSkeleton rows={4} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <>
          <ProductGrid products={data.results} level={3} hideSeller />
          <Pager
            page={page}
            count={data.count}
            pageSize={GEAR}
            onPage={(gear) => void navigate({ search: (old) => ({ ...old, gear }), resetScroll: false })}
          />
        </>
      )}
    </Shelf>
  )
}

function Past({ organizer }: { organizer: PublicOrganizer }) {
  const { t } = useTranslation("events")
  const { past: page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(
    eventList({ organizer: organizer.slug, when: "past", page, page_size: PAST }),
  )
  if (data?.count === 0) return null
  return (
    <Shelf title={t("organizer.past")} count={data?.count}>
      {isPending ? (
        <Skeleton height={220} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <>
          <ul className={classes.past}>
            {data.results.map((event) => (
              <PastEvent key={event.id} event={event} />
            ))}
          </ul>
          <Pager
            page={page}
            count={data.count}
            pageSize={PAST}
            onPage={(past) => void navigate({ search: (old) => ({ ...old, past }), resetScroll: false })}
          />
        </>
      )}
    </Shelf>
  )
}

function PastEvent({ event }: { event: EventCardData }) {
  const { t } = useTranslation("events")
  return (
    <li>
      <Link to="/events/$slug" params={{ slug: event.slug }}>
        {event.title}
      </Link>
      <span>{event.category.name}</span>
      <span>{event.city || t("online")}</span>
      <DateTime iso={event.start_datetime} format="date" timeZone={event.timezone} />
    </li>
  )
}

function Shelf({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className={classes.shelf}>
      <Heading level={2} size="title">
        {title} {count ? <span className={classes.count}>{count}</span> : null}
      </Heading>
      {children}
    </section>
  )
}
