import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { CalendarSearch, List, MapPinned } from "lucide-react"
import { useTranslation } from "react-i18next"
import { eventList } from "@/features/events/api/events"
import { EventFilters, type EventSearch } from "@/features/events/components/event-filters"
import { EventGrid, EventGridSkeleton } from "@/features/events/components/event-grid"
import { EventMap } from "@/features/events/components/event-map"
import { useMarket } from "@/lib/market"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ViewSwitch } from "@/ui/view-switch"
import classes from "./catalogue.module.css"

const PAGE_SIZE = 24
const route = getRouteApi("/storefront/events")

export function EventsPage() {
  const { t } = useTranslation(["events", "common"])
  const { view = "list", page = 1, ordering, ...chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const market = useMarket()
  const isMap = view === "map"
  const filters = { ...chosen, market }
  // Beside a map only the count is wanted.
  const { data, error, isPending, refetch } = useQuery(
    eventList(isMap ? { ...filters, page_size: 1 } : { ...filters, ordering, page, page_size: PAGE_SIZE }),
  )

  const change = (part: Partial<EventSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })
  const look = (next: "list" | "map") =>
    void navigate({ search: (old) => ({ ...old, page: undefined, view: next === "map" ? next : undefined }), resetScroll: false })

  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} lead={t("lead")} />
      <EventFilters search={{ ...chosen, ordering }} onChange={change} hideSort={isMap} />
      <div className={classes.summary}>
        <p className={classes.count} aria-live="polite">
          {data && t("found", { count: data.count })}
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
      {data?.count === 0 ? (
        <EmptyState
          title={t("empty.title")}
          icon={<CalendarSearch size={22} />}
          action={<Button onClick={() => void navigate({ search: { view: isMap ? view : undefined } })}>{t("empty.action")}</Button>}
        >
          {t("empty.text")}
        </EmptyState>
      ) : isMap ? (
        <EventMap key={JSON.stringify(filters)} filters={filters} count={data?.count} onList={() => look("list")} />
      ) : isPending ? (
        <EventGridSkeleton />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <>
          <EventGrid events={data.results} priority={3} />
          <Pager
            page={page}
            count={data.count}
            pageSize={PAGE_SIZE}
            onPage={(next) => void navigate({ search: (old) => ({ ...old, page: next }) })}
          />
        </>
      )}
    </div>
  )
}
