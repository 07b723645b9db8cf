import { expect, it } from "vitest"
import { formatShare } from "@/lib/share"
import { conversion, conversionFinding, shareOf, type Funnel } from "./conversion"

const funnel = (views: number, orders_placed: number, orders_paid: number): Funnel => ({ views, orders_placed, orders_paid })
const finding = (totals: Funnel, previous: Funnel) => conversionFinding({ totals, previous } as Parameters<typeof conversionFinding>[0])

it("each step is a share of the one before, the whole a share of the openings", () => {
  const found = funnel(200, 10, 8)

  expect(shareOf(found, "views")).toBeNull()
  expect(shareOf(found, "orders_placed")).toBe(0.05)
  expect(shareOf(found, "orders_paid")).toBe(0.8)
  expect(conversion(found)).toBe(0.04)
})

it("nothing is a share of nothing", () => {
  expect(conversion(funnel(0, 3, 2))).toBeNull()
  expect(shareOf(funnel(0, 3, 2), "orders_placed")).toBeNull()
  expect(shareOf(funnel(9, 0, 0), "orders_paid")).toBeNull()
})

it.each([
  [funnel(0, 1, 1), funnel(10, 1, 1), "unseen"],
  [funnel(10, 1, 0), funnel(10, 1, 1), "unbought"],
  [funnel(10, 1, 1), funnel(0, 0, 0), "first"],
  [funnel(100, 9, 6), funnel(100, 9, 5), "more"],
  [funnel(100, 9, 4), funnel(100, 9, 5), "less"],
  [funnel(1000, 90, 52), funnel(1000, 90, 50), "same"],
] as const)("%j after %j is %s", (totals, previous, expected) => expect(finding(totals, previous)).toBe(expected))

it("a small share keeps its tenths", () => {
  expect([0.0312, 0.25, 0, 1].map((share) => formatShare(share, "en"))).toEqual(["3.1%", "25%", "0%", "100%"])
})
