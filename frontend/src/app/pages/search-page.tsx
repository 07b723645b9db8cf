import { Button, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router"
import { SearchX } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { eventList, type EventCardData } from "@/features/events/api/events"
import { EventOffer } from "@/features/events/components/event-card"
import { SportChips } from "@/features/events/components/event-filters"
import { productList, type ProductCardData } from "@/features/market/api/products"
import { useMarket } from "@/lib/market"
import { ButtonLink } from "@/ui/button-link"
import { DateTime } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { PageHeader } from "@/ui/page-header"
import { Picture } from "@/ui/picture"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import classes from "./search-page.module.css"

const EACH = 8
const route = getRouteApi("/storefront/search")

export function SearchPage() {
  const { t } = useTranslation()
  const { q } = route.useSearch()
  return (
    <div className={classes.page}>
      <PageHeader title={q ? t("search.for", { q }) : t("search.label")} lead={q ? undefined : t("search.start")} />
      <Field q={q} />
      {q ? <Results q={q} /> : <Sports />}
    </div>
  )
}

function Field({ q }: { q?: string }) {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  return (
    <form
      role="search"
      className={classes.field}
      onSubmit={(event) => {
        event.preventDefault()
        const words = new FormData(event.currentTarget).get("q")
        void navigate({ search: { q: typeof words === "string" && words.trim() ? words.trim() : undefined } })
      }}
    >
      <TextInput key={q} name="q" type="search" aria-label={t("search.label")} placeholder={t("search.hint")} defaultValue={q} maxLength={100} />
      <Button type="submit">{t("search.find")}</Button>
    </form>
  )
}

function Sports() {
  const navigate = useNavigate()
  return <SportChips chosen="" onChoose={(sport_type) => void navigate({ to: "/events", search: { sport_type } })} />
}

function Results({ q }: { q: string }) {
  const { t } = useTranslation()
  const market = useMarket()
  const events = useQuery(eventList({ q, market, page_size: EACH }))
  const gear = useQuery(productList({ q, market, page_size: EACH }))
  const corrected = gear.data?.corrected_q

  if (events.data?.count === 0 && gear.data?.count === 0) return <Nothing q={q} />
  return (
    <>
      {corrected && gear.data && gear.data.count > 0 && (
        <p className={classes.corrected} role="status">
          {t("search.corrected", { q, corrected })}{" "}
          <Link to="/search" search={{ q: corrected }}>
            {t("search.everywhere", { corrected })}
          </Link>
        </p>
      )}
      <div className={classes.columns}>
        <Column
          title={t("search.events")}
          count={events.data?.count}
          none={t("search.noEvents")}
          query={events}
          more={
            <Link to="/events" search={{ q }}>
              {t("search.allEvents", { count: events.data?.count ?? 0 })}
            </Link>
          }
        >
          {events.data?.results.map((event) => (
            <EventHit key={event.id} event={event} />
          ))}
        </Column>
        <Column
          title={t("search.gear")}
          count={gear.data?.count}
          none={t("search.noGear")}
          query={gear}
          more={
            <Link to="/shop" search={{ q }}>
              {t("search.allGear", { count: gear.data?.count ?? 0 })}
            </Link>
          }
        >
          {gear.data?.results.map((product) => (
            <ProductHit key={product.id} product={product} />
          ))}
        </Column>
      </div>
    </>
  )
}

interface ColumnProps {
  title: string
  count?: number
  none: string
  query: { isPending: boolean; error: unknown; refetch: () => unknown }
  more: ReactNode
  children: ReactNode
}

function Column({ title, count, none, query, more, children }: ColumnProps) {
  return (
    <section className={classes.column}>
      <Heading level={2} size="title">
        {title} {count ? <span className={classes.count}>{count}</span> : null}
      </Heading>
      {query.isPending ? (
        <ListSkeleton rows={4} height={96} />
      ) : query.error ? (
        <ErrorState error={query.error} onRetry={query.refetch} />
      ) : count === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <>
          <ul className={classes.hits}>{children}</ul>
          {(count ?? 0) > EACH && <p className={classes.more}>{more}</p>}
        </>
      )}
    </section>
  )
}

function EventHit({ event }: { event: EventCardData }) {
  const { t } = useTranslation("events")
  return (
    <li className={classes.hit}>
      <Picture image={event.cover} ratio="1" sizes="88px" className={classes.thumb} />
      <div className={classes.words}>
        <Heading level={3} size="small">
          <Link to="/events/$slug" params={{ slug: event.slug }}>
            {event.title}
          </Link>
        </Heading>
        <p>
          <DateTime iso={event.start_datetime} format="day" timeZone={event.timezone} />
          {", "}
          <DateTime iso={event.start_datetime} format="time" timeZone={event.timezone} />
          {`, ${event.city || t("online")}`}
        </p>
        <EventOffer event={event} />
      </div>
    </li>
  )
}

function ProductHit({ product }: { product: ProductCardData }) {
  const { t } = useTranslation("market")
  return (
    <li className={classes.hit}>
      <Picture image={product.image} ratio="1" sizes="88px" className={classes.thumb} />
      <div className={classes.words}>
        <Heading level={3} size="small">
          <Link to="/shop/$slug" params={{ slug: product.slug }}>
            {product.title}
          </Link>
        </Heading>
        <p>{product.brand?.name ?? product.organizer.display_name}</p>
        <div className={classes.price}>
          <Money amount={product.price_from} currency={product.currency} from={product.price_from !== product.price_to} />
          {!product.in_stock && <StatusPill>{t("outOfStock")}</StatusPill>}
        </div>
      </div>
    </li>
  )
}

function Nothing({ q }: { q: string }) {
  const { t } = useTranslation(["common", "events", "market"])
  return (
    <>
      <EmptyState
        title={t("search.nothing", { q })}
        icon={<SearchX size={22} />}
        action={
          <>
            <ButtonLink to="/events">{t("events:home.allEvents")}</ButtonLink>
            <ButtonLink to="/shop">{t("market:home.all")}</ButtonLink>
          </>
        }
      >
        {t("search.nothingText")}
      </EmptyState>
      <Sports />
    </>
  )
}
