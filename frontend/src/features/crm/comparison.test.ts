import { expect, it } from "vitest"
import type { Dashboard } from "./api/dashboard"
import { bestDay, changeSince, findingOf } from "./comparison"

const figures = { date_from: "2026-09-01", date_to: "2026-09-02", views: 0, orders_placed: 0, orders_paid: 0, refunded: "0.00", orders: 0, tickets_sold: 0, goods_sold: 0, check_ins: 0 }
const day = (date: string, revenue: string) => ({ ...figures, date, revenue }) as Dashboard["days"][number]
const found = (before: string, now: string) =>
  findingOf({ previous: { ...figures, revenue: before }, totals: { ...figures, revenue: now } })

it.each([
  ["100.00", "150.00", 0.5],
  ["100.00", "75.00", -0.25],
  [4, 5, 0.25],
])("from %s to %s is a change of %s", (before, now, change) => {
  expect(changeSince(before, now)).toBe(change)
})

it("compares nothing with nothing", () => {
  expect(changeSince("0.00", "500.00")).toBeNull()
})

it.each([
  ["100.00", "0.00", "quiet"],
  ["0.00", "100.00", "first"],
  ["100.00", "151.00", "grew"],
  ["100.00", "60.00", "fell"],
  ["100.00", "104.00", "held"],
])("takings of %s and then %s are said in one word: %s / %s", (before, now, finding) => {
  expect(found(before, now)).toBe(finding)
})

it("names the first of the best days, as numbers and not as words", () => {
  const days = [day("2026-09-01", "900.00"), day("2026-09-02", "1000.00"), day("2026-09-03", "1000.00")]
  expect(bestDay(days)?.date).toBe("2026-09-02")
})

it("has no best day when nothing was sold", () => {
  expect(bestDay([day("2026-09-01", "0.00")])).toBeUndefined()
})
