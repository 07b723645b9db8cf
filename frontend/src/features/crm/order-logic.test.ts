import { expect, it } from "vitest"
import { madeOrder } from "./testing"
import { chooseAll, wishOf } from "./refund-wish"
import { stepsOf } from "./timeline"

it("asks for all that is left as all, shipping included", () => {
  const order = madeOrder()
  expect(wishOf(order, chooseAll(order))).toEqual({})
})

it("asks for single lines by their pieces and keeps shipping unless told", () => {
  const order = madeOrder()
  expect(wishOf(order, { pieces: { 31: 1, 32: 0 }, shipping: false })).toEqual({ lines: [{ item_id: 31, quantity: 1 }], shipping: false })
})

it("can give back shipping alone", () => {
  expect(wishOf(madeOrder(), { pieces: {}, shipping: true })).toEqual({ lines: [], shipping: true })
})

it("asks for nothing when nothing is chosen", () => {
  expect(wishOf(madeOrder(), { pieces: { 31: 0 }, shipping: false })).toBeNull()
})

it("offers only pieces that were not given back before", () => {
  const order = madeOrder()
  order.items = order.items.map((item) => ({ ...item, refunded_quantity: item.id === 31 ? 2 : 0 }))
  expect(chooseAll(order).pieces).toEqual({ 32: 1 })
})

it("tells what happened in the order it happened, with who did it", () => {
  const order = madeOrder({
    history: [{ from_status: "open", to_status: "packed", by: "you", reason: "", at: "2026-09-02T10:00:00Z" }],
    shipped_at: "2026-09-03T10:00:00Z",
  })
  expect(stepsOf(order).map(({ status, by }) => [status, by])).toEqual([
    ["placed", undefined],
    ["paid", undefined],
    ["packed", "you"],
    ["shipped", undefined],
  ])
})

it("tells of the payment once when a move was written down for it", () => {
  const order = madeOrder({
    history: [{ from_status: "waiting", to_status: "open", by: "delux", reason: "", at: "2026-09-01T10:05:00Z" }],
  })
  expect(stepsOf(order).map(({ status }) => status)).toEqual(["placed", "open"])
})
