import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { eventList, type EventCardData } from "@/features/events/api/events"
import { EventOffer, EventPlace } from "@/features/events/components/event-card"
import { EventGrid, EventGridSkeleton } from "@/features/events/components/event-grid"
import { SportChips } from "@/features/events/components/event-filters"
import { productList } from "@/features/market/api/products"
import { ProductGrid, ProductGridSkeleton } from "@/features/market/components/product-card"
import { useMarket } from "@/lib/market"
import { ButtonLink } from "@/ui/button-link"
import { DateBlock } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { Heading } from "@/ui/heading"
import { PageHeader } from "@/ui/page-header"
import { Picture } from "@/ui/picture"
import { Skeleton } from "@/ui/skeleton"
import { TicketStub } from "@/ui/ticket-stub"
import classes from "./home-page.module.css"

export function HomePage() {
  const { t } = useTranslation(["events", "market", "common"])
  const navigate = useNavigate()
  const market = useMarket()
  const events = useQuery(eventList({ page_size: 7, market }))
  const gear = useQuery(productList({ page_size: 10, market, in_stock: true }))
  const [next, ...soon] = events.data?.results ?? []

  return (
    <div className={classes.page}>
      <PageHeader title={t("home.title")} lead={t("lead")} />
      {events.isPending ? (
        <>
          <Skeleton height={380} />
          <EventGridSkeleton />
        </>
      ) : events.error ? (
        <ErrorState error={events.error} onRetry={events.refetch} />
      ) : next ? (
        <>
          <NextUp event={next} />
          <SportChips onChoose={(sport_type) => void navigate({ to: "/events", search: { sport_type } })} />
          {soon.length > 0 && (
            <Shelf title={t("home.soon")} more={<Link to="/events">{t("home.allEvents")}</Link>}>
              <EventGrid events={soon} level={3} />
            </Shelf>
          )}
        </>
      ) : (
        <EmptyState title={t("empty.none")} />
      )}
      <Shelf title={t("market:home.popular")} more={<Link to="/shop">{t("market:home.all")}</Link>}>
        {gear.isPending ? (
          <ProductGridSkeleton />
        ) : gear.error ? (
          <ErrorState error={gear.error} onRetry={gear.refetch} />
        ) : gear.data.results.length > 0 ? (
          <ProductGrid products={gear.data.results} level={3} />
        ) : (
          <EmptyState title={t("market:empty.none")} />
        )}
      </Shelf>
    </div>
  )
}

/** The nearest event, as a ticket the size of the page. */
function NextUp({ event }: { event: EventCardData }) {
  const { t } = useTranslation("events")
  return (
    <TicketStub
      className={classes.hero}
      stub={
        <div className={classes.stub}>
          <DateBlock iso={event.start_datetime} timeZone={event.timezone} />
          <EventOffer event={event} />
          <ButtonLink to="/events/$slug" params={{ slug: event.slug }} variant="primary" size="md">
            {t("home.open")}
          </ButtonLink>
        </div>
      }
    >
      <div className={classes.heroBody}>
        <Picture image={event.cover} ratio="16 / 9" sizes="(min-width: 62em) 860px, 100vw" priority className={classes.cover} />
        <div className={classes.words}>
          <p>{t("home.next")}</p>
          <Heading level={2} size="page">
            {event.title}
          </Heading>
          <EventPlace event={event} />
        </div>
      </div>
    </TicketStub>
  )
}

function Shelf({ title, more, children }: { title: string; more: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.shelf}>
      <header>
        <Heading level={2} size="title">
          {title}
        </Heading>
        {more}
      </header>
      {children}
    </section>
  )
}
