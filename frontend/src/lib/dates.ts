import { intlLocales } from "./language"
import type { DateFormat, ownFormat } from "./own-dates"

type Options = Intl.DateTimeFormatOptions

const formats = new Map<string, DateFormat>()
let own: typeof ownFormat | undefined

/** Fetch the words that browsers lack; needed before dates are written in that language. */
export async function loadDates(language: string): Promise<void> {
  if (language === "kk" || language === "ky") own = (await import("./own-dates")).ownFormat
}

const styles = {
  /** 12 September 2026 */
  date: { day: "numeric", month: "long", year: "numeric" },
  /** Sat, 12 Sep */
  day: { weekday: "short", day: "numeric", month: "short" },
  /** Saturday, 12 September */
  longDay: { weekday: "long", day: "numeric", month: "long" },
  /** 07:30 */
  time: { hour: "numeric", minute: "2-digit" },
  /** 12 Sep, 07:30 */
  dateTime: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  /** 12 Sep 2026, 07:30 */
  full: { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" },
  /** 12 Sep */
  shortDay: { day: "numeric", month: "short" },
  /** 12 Sep 2026 */
  shortDate: { day: "numeric", month: "short", year: "numeric" },
  dayNumber: { day: "2-digit" },
  month: { month: "short" },
  weekday: { weekday: "short" },
} satisfies Record<string, Options>

export type DateStyle = keyof typeof styles

/** Write a moment in one zone. Event times take the event's zone; personal times leave it to the device. */
export function formatDate(iso: string, style: DateStyle, language: string, timeZone?: string): string {
  return format(style, language, timeZone).format(new Date(iso))
}

/** Write a span without repeating what both ends share: "12 Sep, 07:30–12:00". */
export function formatDateRange(from: string, to: string, language: string, timeZone?: string): string {
  return format("dateTime", language, timeZone).formatRange(new Date(from), new Date(to))
}

/** Write the hours of one day: "07:30–12:00". */
export function formatTimeRange(from: string, to: string, language: string, timeZone?: string): string {
  return format("time", language, timeZone).formatRange(new Date(from), new Date(to))
}

/** Write whole calendar days, "2026-09-01" to "2026-09-30", without repeating the month and the year. */
export function formatDayRange(first: string, last: string, language: string): string {
  return format("shortDate", language, "UTC").formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`))
}

/** The calendar day in that zone, YYYY-MM-DD. */
export function dayIn(timeZone: string, at = new Date()): string {
  // Swedish writes dates the ISO way.
  return new Intl.DateTimeFormat("sv", { timeZone: currentZone(timeZone) }).format(at)
}

/** The day so many days later; earlier for a negative number. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** "UTC+5" for that zone at that moment. */
export function utcOffset(iso: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: currentZone(timeZone), timeZoneName: "shortOffset" })
    .formatToParts(new Date(iso))
  return (parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT").replace("GMT", "UTC")
}

/** True when the device's clock shows the same time there as here. */
export function isLocalZone(iso: string, timeZone: string): boolean {
  return utcOffset(iso, timeZone) === utcOffset(iso, new Intl.DateTimeFormat().resolvedOptions().timeZone)
}

function format(style: DateStyle, language: string, timeZone?: string): DateFormat {
  const key = `${style} ${language} ${timeZone ?? ""}`
  const known = formats.get(key)
  if (known) return known
  const zone = timeZone && currentZone(timeZone)
  const made =
    own?.(styles[style], language, zone) ??
    new Intl.DateTimeFormat(intlLocales(language), {
      ...styles[style],
      // A 24-hour clock reads 07:30; "07:30 AM" is nobody's way of writing.
      ...("hour" in styles[style] && language !== "en" && { hour: "2-digit" }),
      ...(zone && { timeZone: zone }),
    })
  formats.set(key, made)
  return made
}

let staleKazakhstan: boolean | undefined

/**
 * Kazakhstan moved to one zone, UTC+5, in March 2024. Phones that never got the new rules still show Almaty
 * an hour late, which would make a runner miss the start.
 */
export function currentZone(timeZone: string): string {
  if (timeZone !== "Asia/Almaty" && timeZone !== "Asia/Qostanay") return timeZone
  staleKazakhstan ??= new Intl.DateTimeFormat("en", { timeZone: "Asia/Almaty", hour: "numeric", hourCycle: "h23" })
    .format(new Date("2024-06-01T00:00:00Z")) !== "05"
  return staleKazakhstan ? "Etc/GMT-5" : timeZone
}
