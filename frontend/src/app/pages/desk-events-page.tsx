import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { CalendarPlus } from "lucide-react"
import { useTranslation } from "react-i18next"
import { eventList } from "@/features/crm/api/events"
import { EventFilters, type EventSearch } from "@/features/crm/components/event-filters"
import { EventTable } from "@/features/crm/components/event-table"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"

const PAGE_SIZE = 20
const route = getRouteApi("/crm/events")

export function DeskEventsPage() {
  const { t } = useTranslation(["crm", "common"])
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(eventList({ ...search, page_size: PAGE_SIZE }))
  const { ordering = "-start_datetime", page = 1, ...filters } = search
  const filtered = Boolean(filters.q || filters.status)
  const isFirst = data?.results.length === 0 && !filtered && page === 1

  const change = (part: EventSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })

  return (
    <>
      <PageHeader
        title={t("events.title")}
        lead={<span aria-live="polite">{data && !isPlaceholderData && !isFirst && t("events.found", { count: data.count })}</span>}
        actions={!isFirst && <NewEvent />}
      />
      {!isFirst && <EventFilters search={filters} onChange={change} />}
      {isPending ? (
        <ListSkeleton rows={8} height={68} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : isFirst ? (
        <EmptyState title={t("events.none")} icon={<CalendarPlus size={22} />} action={<NewEvent />}>
          {t("events.noneText")}
        </EmptyState>
      ) : data.results.length === 0 ? (
        <EmptyState title={t("orders.noneFound")} action={<Button onClick={() => void navigate({ search: {} })}>{t("events.showAll")}</Button>}>
          {t("events.noneFoundText")}
        </EmptyState>
      ) : (
        <div aria-busy={isPlaceholderData}>
          <EventTable
            rows={data.results}
            ordering={ordering}
            onOrdering={(ordering) =>
              void navigate({
                search: (old) => ({ ...old, ordering: ordering as typeof search.ordering, page: undefined }),
                resetScroll: false,
              })
            }
          />
          <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })} />
        </div>
      )}
    </>
  )
}

function NewEvent() {
  const { t } = useTranslation("crm")
  return (
    <ButtonLink to="/crm/events/new" variant="primary" leftSection={<CalendarPlus size={18} aria-hidden />}>
      {t("events.new")}
    </ButtonLink>
  )
}
