import { expect, it } from "vitest"
import { nextActive, suggestionsOf } from "./use-suggestions"

it("goes through the suggestions and back to the field, both ways", () => {
  const down = [-1, 0, 1].map((active) => nextActive(active, 2, 1))
  const up = [-1, 1, 0].map((active) => nextActive(active, 2, -1))

  expect(down).toEqual([0, 1, -1])
  expect(up).toEqual([1, 0, -1])
})

it("stays in the field when there is nothing to go to", () => {
  expect(nextActive(-1, 0, 1)).toBe(-1)
})

it("offers all results after events and gear, and not where there are none", () => {
  const kinds = suggestionsOf([{ id: 1 } as never], [{ id: 1 } as never]).map(({ key }) => key)

  expect(kinds).toEqual(["event-1", "product-1", "all"])
  expect(suggestionsOf([], [])).toEqual([])
})
