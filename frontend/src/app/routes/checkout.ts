import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { integer, searchParams } from "@/lib/search-params"
import { personalRoute, storefrontRoute } from "./layouts"

export const basketRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/basket",
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/basket-page"), "BasketPage"),
})

export const checkoutRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/checkout",
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/checkout-page"), "CheckoutPage"),
})

export const ordersRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/orders",
  validateSearch: searchParams({ page: integer({ min: 1, max: 10_000 }) }),
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/orders-page"), "OrdersPage"),
})

export const orderRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/orders/$number",
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/order-page"), "OrderPage"),
})

export const payRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/orders/$number/pay",
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/pay-page"), "PayPage"),
})

export const ticketsRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/tickets",
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/tickets-page"), "TicketsPage"),
})

export const checkoutRoutes = {
  storefront: [basketRoute],
  personal: [checkoutRoute, ordersRoute, orderRoute, payRoute, ticketsRoute],
} as const
