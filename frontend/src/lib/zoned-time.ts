import { currentZone } from "./dates"

/** What a `datetime-local` field shows for a moment, by the clock of that zone: "2027-06-12T19:30". */
export function toZoned(iso: string, timeZone: string): string {
  // Swedish writes dates the ISO way.
  return new Intl.DateTimeFormat("sv", { timeZone: currentZone(timeZone), dateStyle: "short", timeStyle: "short" })
    .format(new Date(iso))
    .replace(" ", "T")
}

/** The moment at which the clocks of that zone show this; in an hour they skip, the moment just as far after it. */
export function fromZoned(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}Z`)
  // The offset differs on the two sides of a clock change: ask again where the first answer leads.
  const near = wanted - offsetAt(wanted, timeZone)
  return new Date(wanted - offsetAt(near, timeZone)).toISOString()
}

function offsetAt(time: number, timeZone: string): number {
  const minute = Math.floor(time / 60_000) * 60_000
  return Date.parse(`${toZoned(new Date(minute).toISOString(), timeZone)}Z`) - minute
}
