import { expect, it } from "vitest"
import { asChosen, byOrganizer, sumsFor, withQuantity } from "./basket-math"
import type { Basket, BasketLine } from "./cart"

const club = { id: 1, display_name: "Tengri Run Club", slug: "tengri-run-club" }
const shop = { id: 2, display_name: "Chuy Road", slug: "chuy-road" }

const ticket: BasketLine = {
  id: 11,
  item_type: "ticket",
  variant_id: null,
  ticket_type_id: 7,
  title: "Night run",
  slug: "night-run",
  options: {},
  image: null,
  organizer: club,
  quantity: 2,
  unit_price: "12000.00",
  seen_price: "12000.00",
  price_changed: false,
  line_total: "24000.00",
  available: 50,
  max_quantity: 10,
  problem: null,
  problem_detail: null,
}
const shoes: BasketLine = {
  ...ticket,
  id: 12,
  item_type: "product",
  variant_id: 7,
  ticket_type_id: null,
  organizer: shop,
  quantity: 5,
  unit_price: "56000.10",
  line_total: "280000.50",
  max_quantity: 3,
  problem: "not_enough",
  problem_detail: "Only 3 are left",
}
const basket: Basket = {
  lines: [ticket, shoes],
  item_count: 7,
  subtotal: "304000.50",
  currency: "KZT",
  needs_delivery: true,
  shipping_options: [{ organizer: shop, delivery_price: "1500.00", pickup_address: "" }],
  can_order: false,
}

it("shows a new quantity with its sums before the server has answered", () => {
  const next = withQuantity(basket, ticket, 3)

  expect(next.lines[0]).toMatchObject({ quantity: 3, line_total: "36000.00" })
  expect(next).toMatchObject({ item_count: 8, subtotal: "316000.50" })
})

it("lets a line be ordered as soon as its quantity fits", () => {
  const next = withQuantity(basket, shoes, 3)

  expect(next.lines[1]).toMatchObject({ problem: null, line_total: "168000.30" })
  expect(next.can_order).toBe(true)
})

it("keeps a line blocked whose problem is no matter of quantity", () => {
  const ended: BasketLine = { ...ticket, problem: "sales_ended", problem_detail: "Sales have ended" }

  expect(withQuantity({ ...basket, lines: [ended] }, ended, 1).can_order).toBe(false)
})

it("asks for no delivery once the last gear has left", () => {
  const next = withQuantity(basket, shoes, 0)

  expect(next.lines).toEqual([ticket])
  expect(next).toMatchObject({ needs_delivery: false, shipping_options: [], subtotal: "24000.00" })
})

it("lays a guest's own quantities over an older quote, telling a ticket from gear of the same number", () => {
  const next = asChosen(basket, [{ item_type: "ticket", ticket_type_id: 7, quantity: 1 }])

  expect(next.lines.map((line) => [line.item_type, line.quantity])).toEqual([["ticket", 1]])
})

it("adds what every seller asks for delivery, and nothing for pickup", () => {
  expect(sumsFor(basket, "delivery")).toEqual({ subtotal: "304000.50", shipping: "1500.00", total: "305500.50" })
  expect(sumsFor(basket, "pickup").total).toBe("304000.50")
})

it("groups by organizer in the order things were put in", () => {
  const groups = byOrganizer([shoes, ticket, { ...shoes, id: 13 }])

  expect(groups.map((group) => [group.organizer.slug, group.lines.length])).toEqual([
    ["chuy-road", 2],
    ["tengri-run-club", 1],
  ])
})
