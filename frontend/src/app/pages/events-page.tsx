import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { CalendarSearch, List, MapPinned } from "lucide-react"
import { useTranslation } from "react-i18next"
import { eventFacets, eventList } from "@/features/events/api/events"
import { ActiveEventFilters } from "@/features/events/components/active-event-filters"
import { EventFilters, type EventSearch } from "@/features/events/components/event-filters"
import { EventGrid, EventGridSkeleton } from "@/features/events/components/event-grid"
import { EventMap } from "@/features/events/components/event-map"
import { useMarket } from "@/lib/market"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"
import { ViewSwitch } from "@/ui/view-switch"
import { CatalogueResults, PAGE_SIZE } from "./catalogue-results"
import classes from "./catalogue.module.css"

const route = getRouteApi("/storefront/events")

export function EventsPage() {
  const { t } = useTranslation(["events", "common"])
  const { view = "list", at, page, ordering, ...chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const market = useMarket()
  const isMap = view === "map"
  const filters = { ...chosen, market }
  // Beside a map only the count is wanted.
  const query = useQuery(eventList(isMap ? { ...filters, page_size: 1 } : { ...filters, ordering, page, page_size: PAGE_SIZE }))
  const { data: facets } = useQuery({ ...eventFacets(filters), placeholderData: (before) => before })
  const count = query.data?.count

  const change = (part: Partial<EventSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined, at: undefined }), replace: true, resetScroll: false })
  const look = (next: "list" | "map") =>
    void navigate({ search: (old) => ({ ...old, page: undefined, at: undefined, view: next === "map" ? next : undefined }), resetScroll: false })

  // No step of its own for Back: it leads to the page before the map, as far as one has moved on it.
  const keepPlace = (place: string) => place !== at && void navigate({ search: (old) => ({ ...old, at: place }), replace: true, resetScroll: false })

  const clear = () => void navigate({ search: ({ view, ordering }) => ({ view, ordering }), resetScroll: false })
  const empty = (
    <EmptyState
      title={t("empty.title")}
      icon={<CalendarSearch size={22} />}
      action={<Button onClick={clear}>{t("empty.action")}</Button>}
    >
      {t("empty.text")}
    </EmptyState>
  )

  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} lead={t("lead")} />
      <EventFilters search={{ ...chosen, ordering }} facets={facets} onChange={change} hideSort={isMap} />
      <ActiveEventFilters
        search={chosen}
        facets={facets}
        host={query.data?.results[0]?.organizer.display_name}
        onChange={change}
        onClear={clear}
      />
      <div className={classes.summary}>
        <p className={classes.count} aria-live="polite">
          {count !== undefined && t("found", { count })}
        </p>
        <ViewSwitch
          label={t("map.views")}
          current={view}
          onChange={look}
          views={[
            { view: "list", label: t("map.viewList"), icon: <List size={18} aria-hidden /> },
            { view: "map", label: t("map.viewMap"), icon: <MapPinned size={18} aria-hidden /> },
          ]}
        />
      </div>
      {isMap && count !== 0 ? (
        <EventMap key={JSON.stringify(filters)} filters={filters} count={count} at={at} onPlace={keepPlace} onList={() => look("list")} />
      ) : (
        <CatalogueResults
          query={query}
          page={page}
          onPage={(next) => void navigate({ search: (old) => ({ ...old, page: next }) })}
          skeleton={<EventGridSkeleton />}
          empty={empty}
        >
          {(events) => <EventGrid events={events} priority={3} />}
        </CatalogueResults>
      )}
    </div>
  )
}
