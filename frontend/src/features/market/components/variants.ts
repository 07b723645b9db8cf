import type { Variant } from "../api/products"

export interface Choice {
  size?: string
  colour?: string
}

/** The values of one option in the order they come, each once; empty where a product has no such option. */
export function valuesOf(variants: Variant[], option: keyof Choice): string[] {
  return [...new Set(variants.map((variant) => variant[option]))].filter((value) => value !== "")
}

/** The first variant in stock, else the first: what the page opens with. */
export function firstChoice(variants: Variant[]): Choice {
  const { size, colour } = variants.find((variant) => variant.in_stock) ?? variants[0] ?? {}
  return { size, colour }
}

export function chosenVariant(variants: Variant[], choice: Choice): Variant | undefined {
  return variants.find((variant) => variant.size === choice.size && variant.colour === choice.colour)
}

/** Whether `value` can be bought together with what is chosen of the other option. */
export function isPossible(variants: Variant[], option: keyof Choice, value: string, choice: Choice): boolean {
  const other = option === "size" ? "colour" : "size"
  return variants.some((variant) => variant[option] === value && variant[other] === choice[other] && variant.in_stock)
}

/**
 * Choose a value. A colour keeps the size if that pair exists, else takes the first size that does: choosing a
 * colour never leads into a dead end. Sizes that do not go with the colour cannot be chosen at all.
 */
export function choose(variants: Variant[], choice: Choice, option: keyof Choice, value: string): Choice {
  const next = { ...choice, [option]: value }
  if (chosenVariant(variants, next)?.in_stock) return next
  const { size, colour } = variants.find((variant) => variant[option] === value && variant.in_stock) ?? next
  return { size, colour }
}
