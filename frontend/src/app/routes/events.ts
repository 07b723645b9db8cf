import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { amount, day, flag, integer, oneOf, place, searchParams, slug, text } from "@/lib/search-params"
import { storefrontRoute } from "./layouts"

export const eventsRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/events",
  validateSearch: searchParams(
    {
      q: text(100),
      sport_type: slug(60),
      city: text(80),
      format: oneOf("online", "offline"),
      is_free: flag,
      date_from: day,
      date_to: day,
      price_min: amount,
      price_max: amount,
      organizer: slug(),
      ordering: oneOf("start", "-start", "price", "-price", "newest"),
      page: integer({ min: 1, max: 10_000 }),
      view: oneOf("list", "map"),
      at: place,
    },
    [["date_from", "date_to"], ["price_min", "price_max"]],
  ),
  loader: () => loadTexts("events"),
  component: lazyRouteComponent(() => import("../pages/events-page"), "EventsPage"),
})

export const eventRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/events/$slug",
  loader: () => loadTexts("events"),
  component: lazyRouteComponent(() => import("../pages/event-page"), "EventPage"),
})

export const eventsRoutes = {
  storefront: [eventsRoute, eventRoute],
} as const
