import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { searchParams, text } from "@/lib/search-params"
import { storefrontRoute } from "./layouts"

export const searchRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/search",
  validateSearch: searchParams({ q: text(100) }),
  loader: () => loadTexts("events", "market"),
  component: lazyRouteComponent(() => import("../pages/search-page"), "SearchPage"),
})

export const searchRoutes = {
  storefront: [searchRoute],
} as const
