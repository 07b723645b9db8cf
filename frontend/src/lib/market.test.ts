import { act, renderHook } from "@testing-library/react"
import { expect, it } from "vitest"
import { changeMarket, guess, useMarket } from "./market"

it.each([
  ["America/New_York", "US"],
  ["Asia/Bishkek", "KG"],
  ["Asia/Almaty", "KZ"],
  ["Europe/Berlin", "KZ"],
])("takes a clock set to %s for a person in %s", (zone, market) => {
  expect(guess(zone)).toBe(market)
})

it("tells every reader of a change and keeps it", () => {
  const { result } = renderHook(() => useMarket())

  act(() => changeMarket("KG"))

  expect(result.current).toBe("KG")
  expect(localStorage.getItem("delux.market")).toBe("KG")
  expect(document.cookie).toContain("delux.market=KG")
})
