import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { storefrontRoute } from "./layouts"

export const homeRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/",
  loader: () => loadTexts("events", "market"),
  component: lazyRouteComponent(() => import("../pages/home-page"), "HomePage"),
})
