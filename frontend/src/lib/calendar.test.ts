import { expect, it } from "vitest"
import { googleCalendarUrl } from "./calendar"

it("opens Google Calendar at the event's own moment, whatever is in its title", () => {
  const url = new URL(
    googleCalendarUrl({
      title: "Run & Ride 50%",
      start: "2027-03-21T06:30:00+05:00",
      end: "2027-03-21T04:30:00Z",
      timeZone: "Asia/Almaty",
      place: "Gorky Park, Almaty",
      path: "/events/run",
    }),
  )

  expect(url.searchParams.get("dates")).toBe("20270321T013000Z/20270321T043000Z")
  expect(url.searchParams.get("text")).toBe("Run & Ride 50%")
  expect(url.searchParams.get("ctz")).toBe("Asia/Almaty")
  expect(url.searchParams.get("details")).toMatch(/\/events\/run$/)
})
