import { expect, it } from "vitest"
import type { Variant } from "./api"
import { changedRows, changeRows, fillMatrix, optionsOf, placeProblems, readAmount, seeAnew, toInput, toRow, unreadable } from "./variant-rows"

const variant = (changes: Partial<Variant> = {}): Variant => ({
  id: 1,
  sku_code: "TLP-41",
  size: "41",
  colour: "black",
  price: "34990.00",
  original_price: null,
  stock_quantity: 10,
  held_quantity: 2,
  available: 8,
  sales_count: 0,
  is_active: true,
  position: 0,
  ...changes,
})

const names = (rows: { size: string; colour: string; active: boolean }[]) =>
  rows.map(({ size, colour, active }) => `${size} ${colour}${active ? "" : " off"}`)

it("makes a row for each size and colour and keeps those that exist, with what is typed in them", () => {
  const loaded = { ...toRow(variant()), price: "35000" }

  const rows = fillMatrix([loaded], ["41", "42"], ["black", "red"], "TLP")

  expect(names(rows)).toEqual(["41 black", "41 red", "42 black", "42 red"])
  expect(rows[0]).toBe(loaded)
  expect(rows[1]).toMatchObject({ sku: "TLP-RED-41", price: "35000", stock: "0" })
})

it("takes a saved row off sale when its size goes, and brings it back with the size", () => {
  const rows = [toRow(variant()), toRow(variant({ id: 2, size: "42", sku_code: "TLP-42" }))]

  const without = fillMatrix(rows, ["42"], ["black"], "TLP")
  expect(names(without)).toEqual(["41 black off", "42 black"])

  expect(names(fillMatrix(without, ["41", "42"], ["black"], "TLP"))).toEqual(["41 black", "42 black"])
})

it("forgets a row that was never saved when its size goes", () => {
  const grown = fillMatrix([toRow(variant())], ["41", "43"], ["black"], "TLP")

  expect(names(fillMatrix(grown, ["41"], ["black"], "TLP"))).toEqual(["41 black"])
})

it("knows a size whatever its case, and gives no two rows one article number", () => {
  const rows = fillMatrix([toRow(variant({ size: "m", sku_code: "T-RED-L" }))], ["M", "L"], ["black"], "T")
  const more = fillMatrix(rows, ["M", "L"], ["black", "red"], "T")

  expect(rows).toHaveLength(2)
  expect(new Set(more.map((row) => row.sku)).size).toBe(more.length)
})

it("leaves an old row off sale alone beside the one sold now", () => {
  const rows = [toRow(variant({ is_active: false })), toRow(variant({ id: 2, sku_code: "TLP-41B" }))]

  expect(fillMatrix(rows, ["41"], ["black"], "TLP")).toEqual(rows)
  expect(optionsOf(rows)).toEqual({ sizes: ["41"], colours: ["black"] })
})

it("is one row without sizes and colours", () => {
  const rows = fillMatrix([], [], [], "TENT")

  expect(rows).toMatchObject([{ sku: "TENT", size: "", colour: "", price: "", active: true }])
})

it("changes the chosen rows alike and no others", () => {
  const rows = [toRow(variant()), toRow(variant({ id: 2 })), toRow(variant({ id: 3, stock_quantity: 1 }))]

  const changed = changeRows(rows, new Set(["v1", "v3"]), { price: "100", stock: { how: "add", count: 5 } })

  expect(changed.map((row) => [row.price, row.stock])).toEqual([["100", "15"], ["34990", "10"], ["100", "6"]])
})

it("sends only what was changed, with the stock its writer saw", () => {
  const loaded = [variant(), variant({ id: 2 })]
  const rows = changeRows(loaded.map(toRow), new Set(["v2"]), { stock: { how: "set", count: 50 } })

  const sent = changedRows(rows, loaded)

  expect(sent.map(toInput)).toMatchObject([{ id: 2, stock_quantity: 50, stock_seen: 10, price: "34990" }])
})

it("keeps what is typed after pieces were sold, and weighs it against the new figure", () => {
  const loaded = [variant()]
  const typed = changeRows(loaded.map(toRow), new Set(["v1"]), { stock: { how: "set", count: 12 } })

  const seen = seeAnew(typed, [{ id: 1, stock_quantity: 7, held_quantity: 0 }])

  expect(seen.map(toInput)).toMatchObject([{ stock_quantity: 12, stock_seen: 7 }])
  expect(changedRows(seen, loaded)).toHaveLength(1)
})

it("reads amounts as people type them", () => {
  expect(["12 500", "12500,50", "0", "34990.00"].map(readAmount)).toEqual(["12500", "12500.50", "0", "34990"])
  expect(["", "-5", "1.234", "abc", "1,2,3"].map(readAmount)).toEqual(Array(5).fill(undefined))
})

it("names the fields that cannot be read", () => {
  expect(unreadable({ ...toRow(variant()), sku: " ", price: "x", was: "", stock: "1.5" })).toEqual(["sku", "price", "stock"])
})

it("puts the server's refusals on the rows that were sent", () => {
  const sent = [toRow(variant({ id: 5 })), toRow(variant({ id: 9 }))]
  const fields = [
    { pointer: "/variants/1/stock_quantity", code: "stock_changed", detail: "Sold" },
    { pointer: "/variants/1/colour", code: "taken", detail: "There already" },
    { pointer: "/", code: "invalid", detail: "Something else" },
  ]

  const { byRow, rest } = placeProblems(fields, sent)

  expect([...byRow]).toEqual([["v9", { stock: "Sold", size: "There already" }]])
  expect(rest).toEqual(["Something else"])
})
