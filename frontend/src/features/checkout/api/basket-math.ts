import { sumMoney, timesQuantity } from "@/lib/money"
import type { Basket, BasketLine } from "./cart"
import type { GuestLine } from "./guest-basket"

type Target = Pick<GuestLine, "ticket_type_id" | "variant_id"> | Pick<BasketLine, "ticket_type_id" | "variant_id">

export function isSameThing(one: Target, other: Target): boolean {
  return (one.variant_id ?? 0) === (other.variant_id ?? 0) && (one.ticket_type_id ?? 0) === (other.ticket_type_id ?? 0)
}

/** Show a basket as it will be once the server has heard of the new quantity; zero takes the line out. */
export function withQuantity(basket: Basket, target: Target, quantity: number): Basket {
  return recount(
    basket,
    basket.lines.map((line) => (isSameThing(line, target) ? requantified(line, quantity) : line)),
  )
}

/** Lay a guest's own quantities over a quote that may be a moment old. */
export function asChosen(quote: Basket, chosen: GuestLine[]): Basket {
  return recount(
    quote,
    quote.lines.map((line) => requantified(line, chosen.find((own) => isSameThing(own, line))?.quantity ?? 0)),
  )
}

export interface Group {
  organizer: BasketLine["organizer"]
  lines: BasketLine[]
}

/** One group for each organizer, in the order their first lines came. */
export function byOrganizer<T extends { organizer: BasketLine["organizer"] }>(lines: T[]) {
  const groups = new Map<number, { organizer: T["organizer"]; lines: T[] }>()
  for (const line of lines) {
    const group = groups.get(line.organizer.id)
    if (group) group.lines.push(line)
    else groups.set(line.organizer.id, { organizer: line.organizer, lines: [line] })
  }
  return [...groups.values()]
}

const countries = { KZT: "KZ", KGS: "KG", USD: "US" } as const

/** Where a basket is sold, and where its things are sent. */
export const countryOf = (basket: Basket) => countries[basket.currency ?? "KZT"]

export type DeliveryType = "none" | "pickup" | "delivery"

export interface Sums {
  subtotal: string
  shipping: string
  total: string
}

/** What the order will cost: the server is asked to agree to exactly this total. */
export function sumsFor(basket: Basket, delivery: DeliveryType): Sums {
  const shipping = sumMoney(
    delivery === "delivery" ? basket.shipping_options.map((option) => option.delivery_price) : [],
  )
  return { subtotal: basket.subtotal, shipping, total: sumMoney([basket.subtotal, shipping]) }
}

function requantified(line: BasketLine, quantity: number): BasketLine {
  if (line.quantity === quantity) return line
  const fits = quantity <= line.max_quantity
  const eased = fits && (line.problem === "not_enough" || line.problem === "over_limit")
  return {
    ...line,
    quantity,
    line_total: timesQuantity(line.unit_price, quantity),
    ...(eased && { problem: null, problem_detail: null }),
  }
}

function recount(basket: Basket, changed: BasketLine[]): Basket {
  const lines = changed.filter((line) => line.quantity > 0)
  const sellers = new Set(lines.filter((line) => line.item_type === "product").map((line) => line.organizer.id))
  return {
    ...basket,
    lines,
    item_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotal: sumMoney(lines.map((line) => line.line_total)),
    needs_delivery: sellers.size > 0,
    shipping_options: basket.shipping_options.filter((option) => sellers.has(option.organizer.id)),
    can_order: lines.length > 0 && lines.every((line) => line.problem === null),
  }
}
