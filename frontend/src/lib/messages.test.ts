import { parse } from "@formatjs/icu-messageformat-parser"
import { expect, it, vi } from "vitest"
import { messages } from "./messages"

const fill = (text: string, language: string, values: Record<string, unknown> = {}) =>
  messages.parse(parse(text, { ignoreTag: true }), values as never, language)

it("fills values in, and chooses the plural of the language", () => {
  const tickets = "{count, plural, =0 {нет билетов} one {# билет} few {# билета} many {# билетов} other {# билета}}"

  expect([0, 1, 2, 5, 21].map((count) => fill(tickets, "ru", { count }))).toEqual([
    "нет билетов", "1 билет", "2 билета", "5 билетов", "21 билет",
  ])
  expect(fill("Pay {price} to <b>{name}</b>", "en", { price: "₸7,000", name: "Chuy Road" })).toBe("Pay ₸7,000 to <b>Chuy Road</b>")
})

it("writes Kazakh figures as Russian does, by Kazakh plurals", () => {
  const real = Intl.NumberFormat
  const figures = vi.spyOn(Intl, "NumberFormat").mockImplementation(function (locales, options) {
    return new real(locales, options)
  } as typeof Intl.NumberFormat)

  expect(fill("{count, number} {count, plural, one {one} other {other}}", "kk", { count: 12021 }).replace(/\s/g, " ")).toBe("12 021 other")
  expect(figures.mock.calls.map(([locale]) => locale)).toEqual(["ru"])
})

it("leaves a plain text as it is, braces and all", () => {
  expect(messages.parse("Sign {in}", {}, "en")).toBe("Sign {in}")
})

it("gets the texts already read: the plain ones as they are, the others without a parser", async () => {
  const { default: texts } = await import("../locales/en/events.json")

  expect(texts.title).toBe("Events")
  expect(texts.found).toBeInstanceOf(Array)
  expect(messages.parse(texts.found as never, { count: 1 } as never, "en")).toBe("1 event")
})
