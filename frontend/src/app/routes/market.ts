import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { amount, flag, integer, listOf, oneOf, searchParams, text } from "@/lib/search-params"
import { storefrontRoute } from "./layouts"

export const shopRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/shop",
  validateSearch: searchParams({
    q: text(),
    category: text(80),
    brand: listOf(text(80)),
    size: listOf(text(20)),
    colour: listOf(text(40)),
    price_min: amount,
    price_max: amount,
    in_stock: flag,
    organizer: text(80),
    ordering: oneOf("popular", "newest", "price", "-price"),
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("market"),
  component: lazyRouteComponent(() => import("../pages/shop-page"), "ShopPage"),
})

export const productRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/shop/$slug",
  loader: () => loadTexts("market"),
  component: lazyRouteComponent(() => import("../pages/product-page"), "ProductPage"),
})

export const marketRoutes = {
  storefront: [shopRoute, productRoute],
} as const
