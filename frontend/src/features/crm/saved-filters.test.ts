import { expect, it } from "vitest"
import { readSaved, sameSearch, withSaved } from "./saved-filters"

const urgent = { name: "Urgent", search: { status: "open" } }

it("reads what was kept and leaves out what makes no sense", () => {
  expect(readSaved([urgent, null, { name: 5 }, { name: "x", search: { q: {} } }])).toEqual([urgent])
  expect(readSaved("broken")).toEqual([])
})

it("replaces a namesake and adds the others", () => {
  const other = { name: "urgent", search: { status: "packed" } }
  expect(withSaved([urgent], other)).toEqual([other])
  expect(withSaved([urgent], { name: "Aigul", search: { q: "Aigul" } })).toHaveLength(2)
})

it("knows the filter in force, whether the others are absent or empty", () => {
  expect(sameSearch({ status: "open" }, { status: "open", q: undefined })).toBe(true)
  expect(sameSearch({ status: "open" }, { status: "open", q: "x" })).toBe(false)
})
