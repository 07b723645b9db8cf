import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { amount, flag, integer, listOf, oneOf, searchParams, slug, text } from "@/lib/search-params"
import { storefrontRoute } from "./layouts"

export const shopRoute = createRoute({
  getParentRoute: () => storefrontRoute,
  path: "/shop",
  validateSearch: searchParams(
    {
      q: text(100),
      category: slug(60),
      brand: listOf(slug()),
      size: listOf(text(20)),
      colour: listOf(text(40)),
      price_min: amount,
      price_max: amount,
      in_stock: flag,
      organizer: slug(),
      ordering: oneOf("popular", "newest", "price", "-price"),
      page: integer({ min: 1, max: 10_000 }),
    },
    [["price_min", "price_max"]],
  ),
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
