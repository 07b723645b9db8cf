import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { integer, searchParams } from "@/lib/search-params"
import { storefrontRoute } from "./layouts"

const page = integer({ min: 1, max: 10_000 })

export const organizerRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/organizers/$slug",
  // Three lists on one page, each with its own place in it.
  validateSearch: searchParams({ events: page, gear: page, past: page }),
  loader: () => loadTexts("events", "market"),
  component: lazyRouteComponent(() => import("../pages/organizer-page"), "OrganizerPage"),
})

export const organizersRoutes = {
  storefront: [organizerRoute],
} as const
