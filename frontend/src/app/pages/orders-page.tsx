import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { ReceiptText } from "lucide-react"
import { useTranslation } from "react-i18next"
import { orderList } from "@/features/checkout/api/orders"
import { OrderCards } from "@/features/checkout/components/order-cards"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"

const PAGE_SIZE = 20
const route = getRouteApi("/storefront/personal/orders")

export function OrdersPage() {
  const { t } = useTranslation(["checkout", "common"])
  const { page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(orderList({ page, page_size: PAGE_SIZE }))
  return (
    <>
      <PageHeader title={t("orders.title")} />
      {isPending ? (
        <ListSkeleton rows={4} height={128} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState
          title={t("orders.emptyTitle")}
          icon={<ReceiptText size={22} />}
          action={
            <ButtonLink to="/events" variant="primary">
              {t("empty.events")}
            </ButtonLink>
          }
        >
          {t("orders.emptyText")}
        </EmptyState>
      ) : (
        <>
          <OrderCards orders={data.results} />
          <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={(next) => void navigate({ search: { page: next } })} />
        </>
      )}
    </>
  )
}
