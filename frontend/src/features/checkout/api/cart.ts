import { queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { mergeGuestBasket } from "./merge-guest-basket"

export type Basket = components["schemas"]["Basket"]
export type BasketLine = components["schemas"]["BasketLine"]

/** The signed-in person's basket. What they collected before signing in is taken over first. */
export const cart = () =>
  queryOptions({
    queryKey: ["cart"],
    queryFn: async ({ signal }): Promise<Basket> =>
      (await mergeGuestBasket()) ?? (await unwrap(api.GET("/api/v1/cart/", { signal }))),
  })
