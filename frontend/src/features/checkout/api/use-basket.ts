import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { useSessionStatus } from "@/api/session"
import type { BasketChange } from "./basket-changes"
import { asChosen, withQuantity } from "./basket-math"
import { cart, type Basket, type BasketLine } from "./cart"
import { setGuestLine, useGuestBasket, type GuestLine } from "./guest-basket"

export interface BasketView {
  basket: Basket | undefined
  /** Things the guest chose that cannot be in the basket at all. */
  gone: BasketChange[]
  error: unknown
  refetch: () => unknown
  /** Zero takes the line out. */
  setQuantity: (line: BasketLine, quantity: number) => void
  dropGone: (change: BasketChange) => void
  /** The last change that the server refused. */
  refusal: unknown
}

const empty: Basket = {
  lines: [],
  item_count: 0,
  subtotal: "0.00",
  currency: null,
  needs_delivery: false,
  shipping_options: [],
  can_order: false,
}

const quote = (lines: GuestLine[]) =>
  queryOptions({
    queryKey: ["cart", "quote", lines],
    queryFn: ({ signal }) => unwrap(api.POST("/api/v1/cart/quote/", { body: { lines }, signal })),
  })

/** The basket, whoever looks at it: the person's own, or a guest's lines at the server's prices. */
export function useBasket(): BasketView {
  const isGuest = useSessionStatus() === "guest"
  const guest = useGuestView(isGuest)
  const person = usePersonView()
  return isGuest ? guest : person
}

function useGuestView(enabled: boolean): BasketView {
  const lines = useGuestBasket()
  const { data, error, refetch } = useQuery({
    ...quote(lines),
    enabled: enabled && lines.length > 0,
    placeholderData: keepPreviousData,
  })
  return {
    basket: lines.length === 0 ? empty : data && asChosen(data, lines),
    gone: lines.length === 0 ? [] : (data?.changes ?? []),
    error,
    refetch,
    setQuantity: (line, quantity) => setGuestLine(guestLine(line, quantity)),
    dropGone: (change) => setGuestLine(guestLine(change, 0)),
    refusal: null,
  }
}

function usePersonView(): BasketView {
  const queryClient = useQueryClient()
  const { queryKey } = cart()
  const { data, error, refetch } = useQuery({ ...cart(), enabled: useSessionStatus() === "signed-in" })
  const mutationKey = ["cart", "change"]
  const change = useMutation({
    mutationKey,
    // One after the other, so that the last word is the last the server hears.
    scope: { id: "cart" },
    mutationFn: async ({ line, quantity }: { line: BasketLine; quantity: number }) => {
      const params = { path: { item_id: line.id ?? 0 } }
      if (quantity > 0) return unwrap(api.PATCH("/api/v1/cart/items/{item_id}/", { params, body: { quantity } }))
      await unwrap(api.DELETE("/api/v1/cart/items/{item_id}/", { params }))
      return unwrap(api.GET("/api/v1/cart/"))
    },
    onMutate: async ({ line, quantity }) => {
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, (known) => known && withQuantity(known, line, quantity))
    },
    onSuccess: (basket) => {
      if (queryClient.isMutating({ mutationKey }) === 1) queryClient.setQueryData(queryKey, basket)
    },
    onError: () => queryClient.invalidateQueries({ queryKey, exact: true }),
  })
  return {
    basket: data,
    gone: [],
    error: data ? null : error,
    refetch,
    setQuantity: (line, quantity) => change.mutate({ line, quantity }),
    dropGone: () => undefined,
    refusal: change.error,
  }
}

function guestLine(line: BasketLine | BasketChange, quantity: number): GuestLine {
  return {
    item_type: line.item_type,
    quantity,
    ...(line.variant_id !== null && { variant_id: line.variant_id }),
    ...(line.ticket_type_id !== null && { ticket_type_id: line.ticket_type_id }),
    // Having changed how many at this price, they have seen this price.
    ...("unit_price" in line && { seen_price: line.unit_price }),
  }
}
