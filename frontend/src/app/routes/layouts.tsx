import { createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router"
import { me } from "@/features/accounts/api/me"
import { loadTexts } from "@/lib/i18n"
import { requireSession } from "../guards"
import { StorefrontFrame } from "../shell/storefront-frame"
import { rootRoute } from "./root"

/** Everything a buyer sees. */
export const storefrontRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "storefront",
  component: () => (
    <StorefrontFrame>
      <Outlet />
    </StorefrontFrame>
  ),
})

/** Storefront pages for signed-in people only. */
export const personalRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  id: "personal",
  beforeLoad: requireSession,
})

/** Pages about oneself, with the ways between them. */
export const accountRoute = createRoute({
  getParentRoute: () => personalRoute,
  id: "account",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../shell/account-layout"), "AccountLayout"),
})

/** The organizer's desk. */
export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/crm",
  beforeLoad: requireSession,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(me())
    return loadTexts("crm")
  },
  component: lazyRouteComponent(() => import("../shell/desk-frame"), "DeskFrame"),
})
