import { useQuery, useQueryClient } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { lazy, Suspense, useMemo, useState } from "react"
import { useTranslation } from "react-i18next"
import { useSessionStatus } from "@/api/session"
import { addressList, useSaveAddress } from "@/features/accounts/api/addresses"
import { useMe } from "@/features/accounts/api/me"
import { GuestSection } from "@/features/accounts/components/guest-section"
import { useIdentity } from "@/features/accounts/components/use-identity"
import { countryOf } from "@/features/checkout/api/basket-math"
import { cart, type Basket } from "@/features/checkout/api/cart"
import type { Order } from "@/features/checkout/api/orders"
import { openAttempt } from "@/features/checkout/api/place-order"
import { useBasket } from "@/features/checkout/api/use-basket"
import { BasketSkeleton } from "@/features/checkout/components/basket-skeleton"
import { CheckoutForm } from "@/features/checkout/components/checkout-form"
import { dropDrafts } from "@/lib/draft"
import { currentMarket } from "@/lib/market"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"

// Seldom seen here: the checkout of an empty basket.
const BasketView = lazy(async () => ({ default: (await import("@/features/checkout/components/basket-view")).BasketView }))
const notices = () => import("@/features/checkout/components/basket-notices")
const MergeNotice = lazy(async () => ({ default: (await notices()).MergeNotice }))
const GoneNotice = lazy(async () => ({ default: (await notices()).GoneNotice }))
const route = getRouteApi("/storefront/checkout")

export function CheckoutPage() {
  const { t } = useTranslation("checkout")
  return (
    <>
      <PageHeader title={t("checkout")} />
      <Suspense>
        <MergeNotice />
      </Suspense>
      <Checkout />
    </>
  )
}

function Checkout() {
  const navigate = route.useNavigate()
  const queryClient = useQueryClient()
  const status = useSessionStatus()
  const isGuest = status === "guest"
  const view = useBasket()
  const person = useMe()
  // Signing in forgets what was cached for the guest: until the person's own basket is here, this one is shown.
  const [carried, setCarried] = useState<Basket>()
  const basket = view.basket ?? carried
  const addresses = useQuery({ ...addressList(), enabled: status === "signed-in" })
  const saved = useMemo(
    () => addresses.data?.filter((address) => basket && address.country === countryOf(basket)) ?? [],
    [addresses.data, basket],
  )
  const keep = useSaveAddress()
  const identity = useIdentity({
    asksName: true,
    offersPassword: true,
    market: basket ? countryOf(basket) : currentMarket(),
    draftName: "identity",
  })
  // Once drawn, the form stays through the sign-in, with all that was typed.
  const [isOpen, setOpen] = useState(false)
  if (!isOpen && basket && (isGuest || person.data)) setOpen(true)

  function follow(order: Order) {
    dropDrafts()
    const params = { number: order.order_number }
    // Replaced, so that Back leads to the basket and not to a form that is done.
    if (order.can_pay) void navigate({ to: "/orders/$number/pay", params, replace: true })
    else void navigate({ to: "/orders/$number", params, search: { paid: true }, replace: true })
  }

  async function enter(): Promise<Basket | null> {
    setCarried(basket)
    return (await identity.submit()) ? queryClient.fetchQuery(cart()) : null
  }

  const error = view.error ?? (isGuest ? null : person.error)
  if (error && !isOpen) return <ErrorState error={error} onRetry={() => Promise.all([view.refetch(), person.refetch()])} />
  if (!isOpen || !basket) return <BasketSkeleton />
  // With an attempt open the emptied basket may be its doing: the form asks.
  if (basket.lines.length === 0 && (isGuest || !openAttempt())) return (
      <Suspense fallback={<BasketSkeleton />}>
        <BasketView />
      </Suspense>
    )
  return (
    <>
      <Suspense>
        <GoneNotice gone={view.gone} onDrop={view.dropGone} />
      </Suspense>
      <CheckoutForm
        basket={basket}
        person={{
          name: `${person.data?.first_name ?? ""} ${person.data?.last_name ?? ""}`.trim(),
          phone: person.data?.phone ?? "",
          city: person.data?.city ?? "",
        }}
        saved={saved}
        onKeepAddress={({ recipient, phone, country, region, city, street, postal_code }) =>
          keep.mutate({ recipient, phone, country, region, city, street, postal_code, is_default: false })
        }
        guest={
          isGuest
            ? {
                section: <GuestSection identity={identity} />,
                isLastStep: identity.step !== "email",
                isPending: identity.isPending,
                submit: enter,
              }
            : undefined
        }
        onOrder={follow}
      />
    </>
  )
}
