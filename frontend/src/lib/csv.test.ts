import { expect, it } from "vitest"
import { toCsv } from "./csv"

it("quotes what would break a row and opens as UTF-8", () => {
  expect(toCsv([["Имя", 'He said "yes"', "a,b", "two\nlines"]])).toBe('\uFEFFИмя,"He said ""yes""","a,b","two\nlines"\r\n')
})

it("makes formulas plain text and leaves numbers as they are", () => {
  expect(toCsv([["=1+1", "+7 701", "@x", "|calc", "%1", "-5.50", "-cmd", "12000.00"]])).toBe("\uFEFF'=1+1,'+7 701,'@x,'|calc,'%1,-5.50,'-cmd,12000.00\r\n")
})

it("begins no formula after a semicolon, which divides cells in some spreadsheets", () => {
  expect(toCsv([["Ann;=1+1", "a; @x", "b; c"]])).toBe(`\uFEFF"Ann;'=1+1","a;' @x","b; c"\r\n`)
})

it("divides by semicolons with decimal commas, and leaves the byte order mark out when told to", () => {
  expect(toCsv([["2026-05-01", "12000.50", "a,b"]], { divider: ";", has_mark: false })).toBe('2026-05-01;12000,50;"a,b"\r\n')
})
