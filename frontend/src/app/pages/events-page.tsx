import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { CalendarSearch } from "lucide-react"
import { useTranslation } from "react-i18next"
import { eventList } from "@/features/events/api/events"
import { EventFilters, type EventSearch } from "@/features/events/components/event-filters"
import { EventGrid, EventGridSkeleton } from "@/features/events/components/event-grid"
import { useMarket } from "@/lib/market"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import classes from "./catalogue.module.css"

const PAGE_SIZE = 24
const route = getRouteApi("/storefront/events")

export function EventsPage() {
  const { t } = useTranslation(["events", "common"])
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const market = useMarket()
  const { data, error, isPending, refetch } = useQuery(eventList({ ...search, market, page_size: PAGE_SIZE }))

  const change = (part: Partial<EventSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })

  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} lead={t("lead")} />
      <EventFilters search={search} onChange={change} />
      <p className={classes.count} aria-live="polite">
        {data && t("found", { count: data.count })}
      </p>
      {isPending ? (
        <EventGridSkeleton />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState
          title={t("empty.title")}
          icon={<CalendarSearch size={22} />}
          action={<Button onClick={() => void navigate({ search: {} })}>{t("empty.action")}</Button>}
        >
          {t("empty.text")}
        </EmptyState>
      ) : (
        <>
          <EventGrid events={data.results} priority={3} />
          <Pager
            page={search.page ?? 1}
            count={data.count}
            pageSize={PAGE_SIZE}
            onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
          />
        </>
      )}
    </div>
  )
}
