import { describe, expect, it } from "vitest"
import { fromZoned, toZoned } from "./zoned-time"

describe("times by the clock of a zone", () => {
  it.each([
    ["2027-06-12T14:30:00.000Z", "Asia/Almaty", "2027-06-12T19:30"],
    ["2027-06-12T20:30:00.000Z", "Asia/Almaty", "2027-06-13T01:30"],
    ["2027-01-12T14:30:00.000Z", "America/New_York", "2027-01-12T09:30"],
    ["2027-07-12T14:30:00.000Z", "America/New_York", "2027-07-12T10:30"],
  ])("%s in %s is %s, and back", (iso, zone, local) => {
    expect(toZoned(iso, zone)).toBe(local)
    expect(fromZoned(local, zone)).toBe(iso)
  })

  it("keeps the hour on both sides of a clock change", () => {
    // Clocks in New York went back at 2 o'clock of 7 November 2027, and forward on 14 March.
    expect(fromZoned("2027-11-07T00:30", "America/New_York")).toBe("2027-11-07T04:30:00.000Z")
    expect(fromZoned("2027-11-07T03:30", "America/New_York")).toBe("2027-11-07T08:30:00.000Z")
    expect(toZoned(fromZoned("2027-03-14T02:30", "America/New_York"), "America/New_York")).toMatch(/T0[13]:30$/)
  })
})
