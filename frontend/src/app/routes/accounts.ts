import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { integer, searchParams, text } from "@/lib/search-params"
import { localPath } from "../guards"
import { accountRoute, personalRoute, storefrontRoute } from "./layouts"

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

export const forgotPasswordRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/forgot-password",
  validateSearch: searchParams({ next: localPath }),
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/forgot-password-page"), "ForgotPasswordPage"),
})

// The three below carry their token behind the #, which is sent to no server.
export const resetPasswordRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/reset-password",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/reset-password-page"), "ResetPasswordPage"),
})

export const confirmEmailRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/confirm-email",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/confirm-email-page"), "ConfirmEmailPage"),
})

export const unsubscribeRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/unsubscribe",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/unsubscribe-page"), "UnsubscribePage"),
})

export const privacyRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/privacy",
  loader: () => loadTexts("privacy"),
  component: lazyRouteComponent(() => import("../pages/privacy-page"), "PrivacyPage"),
})

export const notificationsRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: "/notifications",
  validateSearch: searchParams({ page: integer({ min: 1, max: 10_000 }) }),
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/notifications-page"), "NotificationsPage"),
})

export const addressesRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: "/addresses",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/addresses-page"), "AddressesPage"),
})

export const securityRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: "/security",
  loader: () => loadTexts("accounts"),
  component: lazyRouteComponent(() => import("../pages/security-page"), "SecurityPage"),
})

export const profileRoute = createRoute({
  getParentRoute: () => accountRoute,
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
  storefront: [signInRoute, googleReturnRoute, signUpRoute, forgotPasswordRoute, resetPasswordRoute, confirmEmailRoute, unsubscribeRoute, privacyRoute],
  personal: [becomeOrganizerRoute],
  account: [profileRoute, notificationsRoute, addressesRoute, securityRoute],
} as const
