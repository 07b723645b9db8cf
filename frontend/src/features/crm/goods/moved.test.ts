import { expect, it } from "vitest"
import { moved } from "./moved"

it("moves an item earlier and later, and keeps the others in order", () => {
  expect(moved(["a", "b", "c", "d"], 2, 0)).toEqual(["c", "a", "b", "d"])
  expect(moved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"])
})

it("stops at the ends", () => {
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"])
  expect(moved(["a", "b"], 0, 9)).toEqual(["b", "a"])
  expect(moved(["a", "b"], 7, 0)).toEqual(["a", "b"])
})
