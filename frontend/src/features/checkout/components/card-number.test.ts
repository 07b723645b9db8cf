import { expect, it } from "vitest"
import { readExpiry, spacedCard, spacedExpiry } from "./card-number"

it("groups a card's digits as they are typed or pasted", () => {
  expect(spacedCard("4111-1111 11111111")).toBe("4111 1111 1111 1111")
  expect(spacedCard("41112")).toBe("4111 2")
})

it.each([
  ["1230", "12 / 30"],
  ["12/30", "12 / 30"],
  ["1/30", "01 / 30"],
  ["930", "09 / 30"],
  ["12", "12"],
])("writes the expiry %s as %s", (typed, shown) => {
  expect(spacedExpiry(typed)).toBe(shown)
})

it("reads a month that exists and nothing else", () => {
  expect(readExpiry("12 / 30")).toEqual({ exp_month: 12, exp_year: 2030 })
  expect(readExpiry("13 / 30")).toBeNull()
  expect(readExpiry("12 / 3")).toBeNull()
})
