import { describe, expect, it } from "vitest"
import type { Variant } from "../api/products"
import { choose, chosenVariant, firstChoice, isPossible, valuesOf } from "./variants"

function variant(id: number, size: string, colour: string, left: number | null): Variant {
  return { id, sku_code: `S-${id}`, size, colour, price: "100.00", original_price: null, in_stock: left !== 0, left }
}

const shoes = [variant(1, "41", "Red", 0), variant(2, "42", "Red", 3), variant(3, "41", "Blue", 2), variant(4, "43", "Blue", 0)]

describe("choosing a variant", () => {
  it("opens with the first pair that can be bought", () => {
    expect(firstChoice(shoes)).toEqual({ size: "42", colour: "Red" })
  })

  it("lists each value once and no empty option", () => {
    expect(valuesOf(shoes, "size")).toEqual(["41", "42", "43"])
    expect(valuesOf([variant(1, "", "Red", 1)], "size")).toEqual([])
  })

  it("knows which sizes go with the chosen colour", () => {
    expect(isPossible(shoes, "size", "41", { colour: "Blue" })).toBe(true)
    expect(isPossible(shoes, "size", "43", { colour: "Blue" })).toBe(false)
    expect(isPossible(shoes, "size", "42", { colour: "Blue" })).toBe(false)
  })

  it("never leads into a dead end when the colour changes", () => {
    expect(choose(shoes, { size: "42", colour: "Red" }, "colour", "Blue")).toEqual({ size: "41", colour: "Blue" })
  })

  it("finds the variant behind the choice", () => {
    expect(chosenVariant(shoes, { size: "41", colour: "Blue" })?.id).toBe(3)
    expect(chosenVariant(shoes, { size: "44", colour: "Blue" })).toBeUndefined()
  })
})
