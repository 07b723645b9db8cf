import { readFileSync } from "node:fs"
import { openSync, type Font } from "fontkit"
import { describe, expect, it } from "vitest"

const css = readFileSync("src/ui/theme/web-fonts.css", "utf8")
const special = "әғқңөұүһӘҒҚҢӨҰҮҺ₸"

interface Face {
  family: string
  file: string
  ranges: [number, number][]
}

const faces = [...css.matchAll(/@font-face \{([^}]*)\}/g)].flatMap(([, block = ""]): Face[] => {
  const file = /url\("([^"]+)"\)/.exec(block)?.[1]
  if (!file) return []
  return [{ family: /font-family: "([^"]+)"/.exec(block)?.[1] ?? "", file, ranges: ranges(block) }]
})

describe("the text face", () => {
  it.each([...special])("draws %s from the file the browser would fetch for it", (letter) => {
    expect(draws("Golos Text", letter)).toBe(true)
  })

  it("has figures of one width for money and tables", () => {
    const latin = open(faces.find((face) => face.family === "Golos Text" && face.file.includes("-latin-wght"))?.file ?? "")
    expect(latin.availableFeatures).toContain("tnum")
  })
})

describe("the display face", () => {
  it.each([..."АБВЯЖёйщ0123456789AZaz"])("draws %s", (letter) => {
    expect(draws("Unbounded", letter)).toBe(true)
  })

  it("has no Kazakh or Kyrgyz letters, which is why headings with them change face", () => {
    expect([..."әғқңөұүһ"].filter((letter) => draws("Unbounded", letter))).toEqual([])
  })
})

function draws(family: string, letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0
  return faces
    .filter((face) => face.family === family && face.ranges.some(([from, to]) => code >= from && code <= to))
    .some((face) => open(face.file).hasGlyphForCodePoint(code))
}

function ranges(block: string): [number, number][] {
  return [...block.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, from = "0", to = from]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to, 16),
  ])
}

function open(file: string): Font {
  return openSync(`node_modules/${file}`) as Font
}
