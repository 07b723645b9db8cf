interface Entry {
  title: string
  start: string
  end: string
  timeZone: string
  place: string
  /** A page of this site with everything else. */
  path: string
}

/** Return the address that opens Google Calendar with an event filled in. */
export function googleCalendarUrl({ title, start, end, timeZone, place, path }: Entry): string {
  const query = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${stamp(start)}/${stamp(end)}`,
    ctz: timeZone,
    location: place,
    details: window.location.origin + path,
  })
  return `https://calendar.google.com/calendar/render?${query}`
}

/** `20270321T013000Z` */
function stamp(iso: string): string {
  return `${new Date(iso).toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`
}
