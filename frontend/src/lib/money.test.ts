import { expect, it } from "vitest"
import { formatMoney, isZero, sumMoney, timesQuantity } from "./money"

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ")

it.each([
  ["ru", "KZT", "12 000 ₸"],
  ["kk", "KZT", "12 000 ₸"],
  ["en", "USD", "$12,000"],
  ["ru", "KGS", "12 000 сом"],
  ["ky", "KGS", "12 000 сом"],
  ["en", "KGS", "KGS 12,000"],
])("in %s, an amount of %s reads %s", (language, currency, text) => {
  expect(plain(formatMoney("12000.00", currency, language))).toBe(text)
})

it("shows both decimals as soon as there are any", () => {
  expect(plain(formatMoney("12.50", "USD", "en"))).toBe("$12.50")
})

it("keeps every digit of an amount that a binary fraction would lose", () => {
  expect(plain(formatMoney("9999999999999999.99", "USD", "en"))).toBe("$9,999,999,999,999,999.99")
})

it("adds and multiplies exactly", () => {
  expect(sumMoney(["0.10", "0.20", "-0.05"])).toBe("0.25")
  expect(timesQuantity("19.99", 3)).toBe("59.97")
  expect(sumMoney(["0.05", "-0.10"])).toBe("-0.05")
  expect(sumMoney([])).toBe("0.00")
})

it("knows zero however it is written", () => {
  expect([isZero("0"), isZero("0.00"), isZero("0.01")]).toEqual([true, true, false])
})

it("refuses what is not an amount", () => {
  expect(() => sumMoney(["1e3"])).toThrow(RangeError)
})
