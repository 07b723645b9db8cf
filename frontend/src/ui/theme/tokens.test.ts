import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const css = readFileSync("src/ui/theme/tokens.css", "utf8")
const page = readFileSync("index.html", "utf8")

describe.each(["light", "dark"])("the %s scheme", (scheme) => {
  const tokens = { ...colours(":root {"), ...colours(`:root[data-mantine-color-scheme="${scheme}"] {`) }
  const ratio = (front: string, back: string) => contrast(hex(tokens, front), hex(tokens, back))

  it.each([
    ...pairs(["ink", "ink-soft", "muted"], ["paper", "surface", "sunken"]),
    ...pairs(["danger", "warm", "good"], ["paper", "surface"]),
    ["good", "good-soft"],
    ["warm", "warm-soft"],
    ["danger", "danger-soft"],
    ["paper", "ink"],
    ["on-volt", "volt"],
    ["on-volt", "volt-press"],
    ["on-danger", "danger-fill"],
  ])("text in %s is readable on %s", (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(4.5)
  })

  it.each([
    ...pairs(["line-strong"], ["paper", "surface"]),
    ...pairs(["accent-mark", "primary-edge"], ["paper", "surface"]),
    ...pairs(["focus"], ["paper", "surface", "sunken"]),
    ["focus", "focus-halo"],
  ])("a control drawn in %s is seen on %s", (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(3)
  })

  it("gives the browser's own bar the colour of the paper", () => {
    expect(page).toContain(`content="${hex(tokens, "paper")}" media="(prefers-color-scheme: ${scheme})"`)
  })
})

it("measures contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5)
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2)
})

function pairs(fronts: string[], backs: string[]): [string, string][] {
  return fronts.flatMap((front) => backs.map((back): [string, string] => [front, back]))
}

function colours(selector: string): Record<string, string> {
  const start = css.indexOf(selector)
  const block = css.slice(start, css.indexOf("}", start))
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
}

function hex(tokens: Record<string, string>, name: string): string {
  const value = tokens[name]
  if (!value) throw new Error(`tokens.css has no colour --${name}`)
  return value
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
