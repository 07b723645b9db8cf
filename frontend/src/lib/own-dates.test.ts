import { afterEach, beforeAll, expect, it, vi } from "vitest"
import { formatDate, formatDateRange, formatDayRange, formatTimeRange, loadDates, type DateStyle } from "./dates"
import { ownFormat } from "./own-dates"

beforeAll(() => loadDates("kk"))

// Saturday morning in Almaty, still Friday in UTC.
const start = "2026-09-04T19:30:00Z"

it.each<[DateStyle, string, string]>([
  ["date", "2026 ж. 5 қыркүйек", "2026-ж., 5-сентябрь"],
  ["day", "5 қыр., сб", "5-сен., ишм."],
  ["longDay", "5 қыркүйек, сенбі", "5-сентябрь, ишемби"],
  ["time", "00:30", "00:30"],
  ["dateTime", "5 қыр., 00:30", "5-сен., 00:30"],
  ["full", "2026 ж. 5 қыр., 00:30", "2026-ж., 5-сен., 00:30"],
  ["shortDay", "5 қыр.", "5-сен."],
  ["shortDate", "2026 ж. 5 қыр.", "2026-ж., 5-сен."],
  ["dayNumber", "05", "05"],
  ["month", "қыр.", "сен."],
  ["weekday", "сб", "ишм."],
])("writes %s in Kazakh and Kyrgyz by the clock of the place", (style, kazakh, kyrgyz) => {
  expect(formatDate(start, style, "kk", "Asia/Almaty")).toBe(kazakh)
  expect(formatDate(start, style, "ky", "Asia/Almaty")).toBe(kyrgyz)
})

it("does not repeat what both ends share", () => {
  const [noon, nextDay, nextYear] = ["2026-09-05T07:00:00Z", "2026-09-06T07:00:00Z", "2027-01-02T07:00:00Z"]
  expect(formatTimeRange(start, noon, "kk", "Asia/Almaty")).toBe("00:30–12:00")
  expect(formatDateRange(start, noon, "kk", "Asia/Almaty")).toBe("5 қыр., 00:30–12:00")
  expect(formatDateRange(start, nextDay, "ky", "Asia/Almaty")).toBe("5-сен., 00:30 – 6-сен., 12:00")
  expect(formatDateRange(start, nextYear, "kk", "Asia/Almaty")).toBe("2026 ж. 5 қыр., 00:30 – 2027 ж. 2 қаң., 12:00")
  expect(formatDayRange("2026-09-01", "2026-09-30", "kk")).toBe("2026 ж. 1–30 қыр.")
  expect(formatDayRange("2026-09-01", "2026-09-30", "ky")).toBe("2026-ж., 1–30-сен.")
  expect(formatDayRange("2026-08-28", "2026-09-03", "ky")).toBe("2026-ж., 28-авг. – 3-сен.")
  expect(formatDayRange("2025-12-28", "2026-01-03", "kk")).toBe("2025 ж. 28 жел. – 2026 ж. 3 қаң.")
  expect(formatDayRange("2026-09-05", "2026-09-05", "ky")).toBe("2026-ж., 5-сен.")
})

it.each(["kk", "ky"])("names months and weekdays of %s as the Unicode tables do", (language) => {
  for (let month = 0; month < 12; month++) {
    const date = new Date(Date.UTC(2026, month, 5))
    for (const name of ["long", "short"] as const) {
      const options = { day: "numeric", month: name } as const
      expect(ownFormat(options, language, "UTC")?.format(date)).toBe(new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date))
    }
  }
  for (let day = 1; day <= 7; day++) {
    const date = new Date(Date.UTC(2026, 1, day))
    for (const weekday of ["long", "short"] as const) {
      expect(ownFormat({ weekday }, language, "UTC")?.format(date)).toBe(new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" }).format(date))
    }
  }
})

it("asks no browser for words of either language", () => {
  const real = Intl.DateTimeFormat
  const asked = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function (locales, options) {
    expect(locales).toBe("en")
    return new real(locales, options)
  } as typeof Intl.DateTimeFormat)
  expect(ownFormat({ day: "numeric", month: "long" }, "kk", "UTC")?.format(new Date(start))).toBe("4 қыркүйек")
  expect(asked).toHaveBeenCalledOnce()
})

it("leaves the languages that browsers know to them", () => {
  expect(ownFormat({ month: "long" }, "ru")).toBeUndefined()
  expect(ownFormat({ month: "long" }, "en")).toBeUndefined()
})

afterEach(() => vi.restoreAllMocks())
