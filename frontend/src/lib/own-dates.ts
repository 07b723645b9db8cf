import type { Language } from "./language"

/** The part of Intl.DateTimeFormat that dates are written with. */
export interface DateFormat {
  format: (date: Date) => string
  formatRange: (from: Date, to: Date) => string
}

interface Words {
  /** After a day's number as well as alone: neither language declines a month there. */
  months: string[]
  shortMonths: string[]
  /** From Sunday on. */
  weekdays: string[]
  shortWeekdays: string[]
  /** One day, or two joined by a dash, of a month. */
  dayOf: (days: string, month: string) => string
  inYear: (year: number, day: string) => string
}

const kk: Words = {
  months: ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"],
  shortMonths: ["қаң.", "ақп.", "нау.", "сәу.", "мам.", "мау.", "шіл.", "там.", "қыр.", "қаз.", "қар.", "жел."],
  weekdays: ["жексенбі", "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі"],
  shortWeekdays: ["жс", "дс", "сс", "ср", "бс", "жм", "сб"],
  dayOf: (days, month) => `${days} ${month}`,
  inYear: (year, day) => `${year} ж. ${day}`,
}

const ky: Words = {
  months: ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
  shortMonths: ["янв.", "фев.", "мар.", "апр.", "май", "июн.", "июл.", "авг.", "сен.", "окт.", "ноя.", "дек."],
  weekdays: ["жекшемби", "дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби"],
  shortWeekdays: ["жек.", "дүй.", "шейш.", "шарш.", "бейш.", "жума", "ишм."],
  dayOf: (days, month) => `${days}-${month}`,
  inYear: (year, day) => `${year}-ж., ${day}`,
}

const own: Partial<Record<Language, Words>> = { kk, ky }

/** What clocks and calendars show at a moment, in a zone. */
interface Shown {
  year: number
  month: number
  day: string
  weekday: number
  time: string
}

/**
 * Return how dates are written in a language that browsers know too little of: without its data Chromium writes
 * "Thu, M11 5" for a Thursday of November. Nothing for a language that Intl writes well.
 */
export function ownFormat(options: Intl.DateTimeFormatOptions, language: string, timeZone?: string): DateFormat | undefined {
  const words = own[language as Language]
  if (!words) return undefined
  const read = reader(timeZone)
  const write = (at: Shown, day: string, inYear: boolean) => line(words, options, at, day, inYear)
  const whole = (at: Shown, inYear = options.year !== undefined) => write(at, at.day, inYear)

  return {
    format: (date) => whole(read(date)),
    formatRange: (first, last) => {
      const [from, to] = [read(first), read(last)]
      const isOneYear = from.year === to.year
      const isOneMonth = isOneYear && from.month === to.month
      const isOneDay = isOneMonth && from.day === to.day
      if (isOneDay) return options.hour === undefined || from.time === to.time ? whole(from) : `${whole(from)}–${to.time}`
      // Whole days of one month share its name, those of one year its number.
      const areDays = options.hour === undefined && options.weekday === undefined && options.month !== undefined
      if (areDays && isOneMonth) return write(from, `${from.day}–${to.day}`, options.year !== undefined)
      if (isOneYear) return `${whole(from)} – ${areDays ? whole(to, false) : whole(to)}`
      return `${whole(from, options.month !== undefined)} – ${whole(to, options.month !== undefined)}`
    },
  }
}

function line(words: Words, options: Intl.DateTimeFormatOptions, at: Shown, days: string, inYear: boolean): string {
  const month = (options.month === "long" ? words.months : words.shortMonths)[at.month] ?? ""
  const weekday = (options.weekday === "long" ? words.weekdays : words.shortWeekdays)[at.weekday] ?? ""
  const shownDays = options.day === "2-digit" ? days.padStart(2, "0") : days
  const day = options.day && options.month ? words.dayOf(shownDays, month) : options.day ? shownDays : options.month ? month : ""
  const dated = inYear ? words.inYear(at.year, day) : day
  return [dated, options.weekday && weekday, options.hour && at.time].filter(Boolean).join(", ")
}

/** English is in every browser, so its figures are read and only they are taken. */
function reader(timeZone?: string): (date: Date) => Shown {
  const figures = new Intl.DateTimeFormat("en", {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timeZone && { timeZone }),
  })
  return (date) => {
    const parts = Object.fromEntries(figures.formatToParts(date).map(({ type, value }) => [type, value]))
    const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
    return {
      year,
      month: month - 1,
      day: String(day),
      weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
      time: `${parts.hour}:${parts.minute}`,
    }
  }
}
