import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { ReceiptText } from "lucide-react"
import { useTranslation } from "react-i18next"
import { orderList } from "@/features/crm/api/orders"
import { OrderFilters, type OrderSearch } from "@/features/crm/components/order-filters"
import { OrderTable } from "@/features/crm/components/order-table"
import { ZoneName } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"
import { useDeskZone } from "./desk-zone"

const PAGE_SIZE = 20
const route = getRouteApi("/crm/orders")

export function DeskOrdersPage() {
  const { t } = useTranslation(["crm", "common"])
  const timeZone = useDeskZone()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(orderList({ ...search, page_size: PAGE_SIZE }))
  const { ordering = "-paid_at", page = 1, ...filters } = search
  const filtered = Object.values(filters).some((value) => value !== undefined)

  const change = (part: Partial<OrderSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })

  return (
    <>
      <PageHeader
        title={t("orders.title")}
        lead={
          <>
            <span aria-live="polite">{data && !isPlaceholderData && `${t("orders.found", { count: data.count })} · `}</span>
            <ZoneName timeZone={timeZone} />
          </>
        }
      />
      <OrderFilters search={filters} onChange={change} />
      {isPending ? (
        <ListSkeleton rows={8} height={60} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState
          title={t(filtered ? "orders.noneFound" : "orders.none")}
          icon={<ReceiptText size={22} />}
          action={(filtered || page > 1) && <Button onClick={() => void navigate({ search: {} })}>{t("orders.showAll")}</Button>}
        >
          {t(filtered ? "orders.noneFoundText" : "orders.noneText")}
        </EmptyState>
      ) : (
        <div aria-busy={isPlaceholderData}>
          <OrderTable
            rows={data.results}
            timeZone={timeZone}
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
