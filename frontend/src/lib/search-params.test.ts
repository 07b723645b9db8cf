import { beforeEach, expect, it } from "vitest"
import { amount, day, flag, integer, listOf, oneOf, parseSearch, searchParams, slug, stringifySearch, takeIgnoredParams, text } from "./search-params"

const read = searchParams({
  q: text(),
  page: integer({ min: 1, max: 50 }),
  free: flag,
  format: oneOf("online", "offline"),
  size: listOf(text(5)),
  price_min: amount,
  date_from: day,
})

beforeEach(() => {
  takeIgnoredParams()
})

it("reads what a link says", () => {
  const search = parseSearch("?q=2026&page=2&free=true&format=online&size=42&size=43&price_min=10.50&date_from=2026-09-12")

  expect(read(search)).toEqual({
    q: "2026",
    page: 2,
    free: true,
    format: "online",
    size: ["42", "43"],
    price_min: "10.50",
    date_from: "2026-09-12",
  })
  expect(takeIgnoredParams()).toEqual([])
})

it.each([
  "page=0", "page=51", "page=1.5", "page=two", "page=", "free=maybe", "format=hybrid", "price_min=-1",
  "price_min=1e9", "date_from=2026-02-30", "date_from=yesterday", "q=", "size=",
])("leaves %s out and remembers that it did", (part) => {
  expect(read(parseSearch(`?${part}`))).toEqual({})
  expect(takeIgnoredParams()).toEqual([part.split("=")[0]])
  expect(takeIgnoredParams()).toEqual([])
})

it.each([
  ["sport=trail-run&low=900.00&high=1000", { sport: "trail-run", low: "900.00", high: "1000" }, []],
  ["sport=trail%20run", {}, ["sport"]],
  ["low=1000&high=900", { low: "1000" }, ["high"]],
  ["from=2026-12-02&to=2026-12-01", { from: "2026-12-02" }, ["to"]],
  ["from=2026-12-01&to=2026-12-01", { from: "2026-12-01", to: "2026-12-01" }, []],
])("of %s keeps what makes sense together", (link, kept, dropped) => {
  const readRanges = searchParams({ sport: slug(), low: amount, high: amount, from: day, to: day }, [["low", "high"], ["from", "to"]])

  expect(readRanges(parseSearch(`?${link}`))).toEqual(kept)
  expect(takeIgnoredParams()).toEqual(dropped)
})

it("does not report parameters that belong to somebody else", () => {
  expect(read(parseSearch("?utm_source=mail"))).toEqual({})
  expect(takeIgnoredParams()).toEqual([])
})

it("writes what it reads, and nothing for what is absent", () => {
  const values = { q: "trail & road", size: ["42", "43"], page: 2, format: undefined, free: true }
  const search = stringifySearch(values)

  expect(search).toBe("?q=trail+%26+road&size=42&size=43&page=2&free=true")
  expect(read(parseSearch(search))).toEqual({ q: "trail & road", size: ["42", "43"], page: 2, free: true })
  expect(stringifySearch({})).toBe("")
})
