import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { storefrontRoute } from "./layouts"

/** Every part of the kit on one page; left out of the production build. */
export const kitRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/dev/kit",
  loader: () => loadTexts("exports"),
  component: lazyRouteComponent(() => import("../pages/kit-page"), "KitPage"),
})
