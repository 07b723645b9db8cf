import { useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"
import { cart } from "./cart"
import { newKey } from "@/lib/new-key"
import { orderDetail, type Order } from "./orders"

export type OrderWish = components["schemas"]["PlaceOrderInputRequest"]

interface Attempt {
  key: string
  wish: OrderWish
}

const storageKey = "delux.checkout"

/**
 * Turn the basket into one order. An attempt whose answer never came is kept for the tab's lifetime and repeated
 * under its own key before anything new is asked, so a reload or a lost network ends at the same order. `onPlaced` is
 * called even if the form has gone by then, as it goes with the basket that the order empties.
 */
export function usePlaceOrder(onPlaced: (order: Order, wish: OrderWish) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    networkMode: "always",
    retry: (failures, error) => failures < 3 && isUnanswered(error),
    mutationFn: async (wish: OrderWish): Promise<Order> => {
      const open = openAttempt()
      if (open && !isEqual(open.wish, wish)) {
        // It may have become an order: then that is the order. Refused, it changed nothing.
        const earlier = await send(open).catch((error: unknown) => {
          if (isUnanswered(error)) throw error
          return null
        })
        if (earlier) return earlier
      }
      return send(open && isEqual(open.wish, wish) ? open : begin(wish))
    },
    onSuccess: (order, wish) => {
      queryClient.setQueryData(orderDetail(order.order_number).queryKey, order)
      void queryClient.invalidateQueries({ queryKey: ["orders", "list"] })
      onPlaced(order, wish)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: cart().queryKey }),
  })
}

/** What was asked for when the tab was closed or the network went; null when every attempt was answered. */
export function openAttempt(): Attempt | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Attempt | null
  } catch {
    return null
  }
}

async function send({ key, wish }: Attempt): Promise<Order> {
  try {
    const order = await unwrap(
      api.POST("/api/v1/orders/", { params: { header: { "Idempotency-Key": key } }, body: wish }),
    )
    keep(null)
    return order
  } catch (error) {
    if (!isUnanswered(error)) keep(null)
    throw error
  }
}

function begin(wish: OrderWish): Attempt {
  const attempt = { key: newKey(), wish }
  keep(attempt)
  return attempt
}

/** Nobody knows yet whether it became an order. */
function isUnanswered(error: unknown): boolean {
  return !(error instanceof ApiError) || error.isNetwork || error.status >= 500 || error.code === "request_in_progress"
}

function keep(attempt: Attempt | null): void {
  try {
    if (attempt) sessionStorage.setItem(storageKey, JSON.stringify(attempt))
    else sessionStorage.removeItem(storageKey)
  } catch {
    // Without storage the attempt lasts as long as the request; the emptied basket still keeps a second order away.
  }
}

function isEqual(one: OrderWish, other: OrderWish): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
