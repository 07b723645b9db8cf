import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useAddToBasket } from "@/features/checkout/api/add-to-basket"
import { orderDetail, type Order } from "@/features/checkout/api/orders"
import { BasketSkeleton } from "@/features/checkout/components/basket-skeleton"
import { OrderStatusPill } from "@/features/checkout/components/order-status"
import { OrderView } from "@/features/checkout/components/order-view"
import { DateTime } from "@/ui/date-time"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { PageHeader } from "@/ui/page-header"

const route = getRouteApi("/storefront/personal/orders/$number")

export function OrderPage() {
  const { t } = useTranslation("checkout")
  const { number } = route.useParams()
  const { paid } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: order, error, refetch } = useQuery({
    ...orderDetail(number),
    refetchInterval: ({ state }) => (state.data?.payment_in_flight ? 3_000 : false),
  })
  const add = useAddToBasket()

  async function again({ items }: Order) {
    await add.mutateAsync(
      items.map(({ item_type, variant_id, ticket_type_id, quantity }) => ({
        item_type,
        quantity,
        ...(variant_id !== null && { variant_id }),
        ...(ticket_type_id !== null && { ticket_type_id }),
      })),
    )
    await navigate({ to: "/basket" })
  }

  return (
    <>
      <PageHeader
        title={t("order", { number })}
        whole={number}
        kicker={order && <DateTime iso={order.created_at} />}
        actions={order && <OrderStatusPill status={order.status} />}
      />
      {error && !order ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !order ? (
        <BasketSkeleton />
      ) : (
        <>
          <FormProblem error={add.error} />
          <OrderView
            order={order}
            justPaid={paid === true && order.payment_status === "paid"}
            onOver={() => void refetch()}
            onAgain={() => void again(order).catch(() => undefined)} // shown above
            isRefilling={add.isPending}
          />
        </>
      )}
    </>
  )
}
