import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { searchParams, text } from "@/lib/search-params"
import { localPath } from "../guards"
import { personalRoute, storefrontRoute } from "./layouts"

export const signInRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/sign-in",
  validateSearch: searchParams({ next: localPath }),
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/sign-in-page"), "SignInPage"),
})

export const googleReturnRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/sign-in/google",
  validateSearch: searchParams({ code: text(512), state: text(128) }),
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/google-return-page"), "GoogleReturnPage"),
})

export const signUpRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/sign-up",
  validateSearch: searchParams({ next: localPath }),
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/sign-up-page"), "SignUpPage"),
})

export const profileRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/profile",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/profile-page"), "ProfilePage"),
})

export const becomeOrganizerRoute = createRoute({
  getParentRoute: () => personalRoute,
  path: "/become-organizer",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/become-organizer-page"), "BecomeOrganizerPage"),
})

export const accountsRoutes = {
  storefront: [signInRoute, googleReturnRoute, signUpRoute],
  personal: [profileRoute, becomeOrganizerRoute],
} as const
