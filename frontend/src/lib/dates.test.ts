import { expect, it } from "vitest"
import { formatDate, formatDateRange, formatTimeRange, isLocalZone, utcOffset } from "./dates"

const start = "2026-09-12T02:30:00Z"
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ")

it("shows an event's hour where it happens, wherever the reader is", () => {
  expect(formatDate(start, "time", "ru", "Asia/Almaty")).toBe("07:30")
  expect(plain(formatDate(start, "time", "en", "America/New_York"))).toBe("10:30 PM")
})

it("counts Almaty as UTC+5 since March 2024 and as UTC+6 before", () => {
  expect(utcOffset(start, "Asia/Almaty")).toBe("UTC+5")
  expect(utcOffset("2023-09-12T02:30:00Z", "Asia/Almaty")).toBe("UTC+6")
})

it("puts the day where the zone puts it, not where UTC does", () => {
  expect(formatDate("2026-09-11T20:30:00Z", "day", "en", "Asia/Bishkek")).toBe("Sat, Sep 12")
})

it("does not repeat what both ends of a span share", () => {
  expect(plain(formatTimeRange(start, "2026-09-12T07:00:00Z", "ru", "Asia/Almaty"))).toBe("07:30–12:00")
  expect(plain(formatDateRange(start, "2026-09-13T07:00:00Z", "en", "Asia/Almaty"))).toBe("Sep 12, 7:30 AM – Sep 13, 12:00 PM")
})

it("tells whether another clock differs from the reader's", () => {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone
  expect(isLocalZone(start, here)).toBe(true)
  expect(isLocalZone(start, "Pacific/Kiritimati")).toBe(false)
})
