import { isZero } from "@/lib/money"
import type { Order, RefundWish } from "./api/orders"

/** What is ticked in the refund dialog: how many pieces of each line, and whether shipping goes back. */
export interface RefundChoice {
  pieces: Record<number, number>
  shipping: boolean
}

export const leftToRefund = (order: Order) => order.items.filter((item) => item.quantity > item.refunded_quantity)

/** Everything that has not gone back yet. */
export function chooseAll(order: Order): RefundChoice {
  return {
    pieces: Object.fromEntries(leftToRefund(order).map((item) => [item.id, item.quantity - item.refunded_quantity])),
    shipping: !isZero(order.shipping),
  }
}

/** As the API takes it; null when nothing is chosen. All that is left is asked for as such, so that nothing stays behind. */
export function wishOf(order: Order, choice: RefundChoice): RefundWish | null {
  const lines = leftToRefund(order)
    .map((item) => ({ item_id: item.id, quantity: choice.pieces[item.id] ?? 0 }))
    .filter((line) => line.quantity > 0)
  if (lines.length === 0 && !choice.shipping) return null
  const all = chooseAll(order)
  const isAll = choice.shipping === all.shipping && leftToRefund(order).every((item) => choice.pieces[item.id] === all.pieces[item.id])
  return isAll ? {} : { lines, shipping: choice.shipping }
}
