import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { cart } from "@/features/checkout/api/cart"
import type { Order } from "@/features/checkout/api/orders"
import { openAttempt } from "@/features/checkout/api/place-order"
import { BasketSkeleton, BasketView } from "@/features/checkout/components/basket-view"
import { CheckoutForm } from "@/features/checkout/components/checkout-form"
import { MergeNotice } from "@/features/checkout/components/basket-notices"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"

const route = getRouteApi("/storefront/personal/checkout")

export function CheckoutPage() {
  const { t } = useTranslation("checkout")
  return (
    <>
      <PageHeader title={t("checkout")} />
      <MergeNotice />
      <Checkout />
    </>
  )
}

function Checkout() {
  const navigate = route.useNavigate()
  const basket = useQuery(cart())
  const person = useMe()

  function follow(order: Order) {
    const params = { number: order.order_number }
    // Replaced, so that Back leads to the basket and not to a form that is done.
    if (order.can_pay) void navigate({ to: "/orders/$number/pay", params, replace: true })
    else void navigate({ to: "/orders/$number", params, search: { paid: true }, replace: true })
  }

  const error = basket.error ?? person.error
  if (error) return <ErrorState error={error} onRetry={() => Promise.all([basket.refetch(), person.refetch()])} />
  if (!basket.data || !person.data) return <BasketSkeleton />
  // With an attempt open the emptied basket may be its doing: the form asks.
  if (basket.data.lines.length === 0 && !openAttempt()) return <BasketView />
  const { first_name, last_name, phone, city } = person.data
  return (
    <CheckoutForm
      basket={basket.data}
      person={{ name: `${first_name} ${last_name}`.trim(), phone: phone ?? "", city }}
      onOrder={follow}
    />
  )
}
