import type { QueryClient } from "@tanstack/react-query"
import { createRouter as createTanStackRouter, type RouterHistory } from "@tanstack/react-router"
import { parseSearch, stringifySearch } from "@/lib/search-params"
import { ErrorPage } from "./pages/error-page"
import { NotFoundPage } from "./pages/not-found-page"
import { PendingPage } from "./pages/pending-page"
import { accountsRoutes } from "./routes/accounts"
import { checkoutRoutes } from "./routes/checkout"
import { crmRoutes } from "./routes/crm"
import { kitRoute } from "./routes/dev"
import { eventsRoutes } from "./routes/events"
import { homeRoute } from "./routes/home"
import { accountRoute, deskRoute, personalRoute, storefrontRoute } from "./routes/layouts"
import { marketRoutes } from "./routes/market"
import { organizersRoutes } from "./routes/organizers"
import { rootRoute } from "./routes/root"
import { searchRoutes } from "./routes/search"

const routeTree = rootRoute.addChildren([
  storefrontRoute.addChildren([
    homeRoute,
    ...eventsRoutes.storefront,
    ...marketRoutes.storefront,
    ...organizersRoutes.storefront,
    ...searchRoutes.storefront,
    ...checkoutRoutes.storefront,
    ...accountsRoutes.storefront,
    ...(import.meta.env.DEV ? [kitRoute] : []),
    personalRoute.addChildren([
      ...checkoutRoutes.personal,
      ...accountsRoutes.personal,
      accountRoute.addChildren(accountsRoutes.account),
    ]),
  ]),
  deskRoute.addChildren(crmRoutes.desk),
])

export function createRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createTanStackRouter({
    routeTree,
    context: { queryClient },
    ...(history && { history }),
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    // Data freshness is the query cache's business.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createRouter>
  }
}
