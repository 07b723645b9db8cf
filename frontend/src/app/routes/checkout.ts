import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { flag, integer, oneOf, searchParams } from "@/lib/search-params"
import { personalRoute, storefrontRoute } from "./layouts"

export const basketRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/basket",
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/basket-page"), "BasketPage"),
})

/** Open to guests: they say who they are at its end. */
export const checkoutRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/checkout",
  loader: () => loadTexts("checkout", "accounts"),
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
  validateSearch: searchParams({ paid: flag }), // the person comes from paying
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/order-page"), "OrderPage"),
})

export const payRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/orders/$number/pay",
  validateSearch: searchParams({ payment: integer({ min: 1 }) }), // the attempt being decided, for a reload
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/pay-page"), "PayPage"),
})

export const ticketsRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/tickets",
  validateSearch: searchParams({ when: oneOf("upcoming", "past"), page: integer({ min: 1, max: 10_000 }) }),
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/tickets-page"), "TicketsPage"),
})

export const ticketRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/tickets/$ticketId",
  params: {
    parse: ({ ticketId }) => {
      const id = integer({ min: 1 })(ticketId)
      if (id === undefined) throw notFound()
      return { ticketId: id }
    },
    stringify: ({ ticketId }) => ({ ticketId: String(ticketId) }),
  },
  loader: () => loadTexts("checkout"),
  component: lazyRouteComponent(() => import("../pages/ticket-page"), "TicketPage"),
})

export const checkoutRoutes = {
  storefront: [basketRoute, checkoutRoute],
  personal: [ordersRoute, orderRoute, payRoute, ticketsRoute, ticketRoute],
} as const
