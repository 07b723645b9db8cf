import { describe, expect, it } from "vitest"
import { ApiError } from "@/api/errors"
import { changesOf, emptyValues, onField, valuesOf, wishOf, type EventValues } from "./event-form"
import { madeEvent } from "./testing"

const values: EventValues = {
  ...emptyValues("Asia/Almaty", "KZ"),
  title: "Night Run",
  sport_type: "running",
  start_datetime: "2027-06-12T19:00",
  end_datetime: "2027-06-12T23:00",
  city: "Almaty",
  address: "Medeu",
}

describe("the editor's values", () => {
  it("come from the event by its own clock and go back to the same moments", () => {
    const event = madeEvent({ timezone: "America/New_York" })
    const shown = valuesOf(event, "KZ")
    expect(shown.start_datetime).toBe("2027-06-12T10:00")
    expect(Date.parse(wishOf(shown).start_datetime)).toBe(Date.parse(event.start_datetime))
  })

  it("without a limit of people is null, not zero", () => {
    expect(wishOf(values).capacity).toBeNull()
    expect(wishOf({ ...values, capacity: "500" }).capacity).toBe(500)
  })
})

describe("changesOf", () => {
  it("sends only what was touched", () => {
    expect(changesOf(values, new Set(["title"]))).toEqual({ event: { title: "Night Run" } })
  })

  it("sends the times anew when the zone changes, as the clock shows the same", () => {
    const { event } = changesOf({ ...values, timezone: "Asia/Bishkek" }, new Set(["timezone"]))
    expect(event).toEqual({
      timezone: "Asia/Bishkek",
      start_datetime: "2027-06-12T13:00:00.000Z",
      end_datetime: "2027-06-12T17:00:00.000Z",
    })
  })

  it("sends the place whole, without the point where there is none", () => {
    const { place } = changesOf(values, new Set(["address"]))
    expect(place).toEqual({ country: "KZ", city: "Almaty", address: "Medeu", map_url: "", latitude: null, longitude: null })
  })

  it("sends the link of an online event and not the place left over from before", () => {
    const online = { ...values, format: "online" as const, meeting_link: "https://meet.example.com/x" }
    const changes = changesOf(online, new Set(["format", "meeting_link", "city"]))
    expect(changes.place).toBeUndefined()
    expect(changes.online?.meeting_link).toBe("https://meet.example.com/x")
  })
})

describe("onField", () => {
  it("names the field a refusal by code belongs to, and leaves other refusals alone", () => {
    const refused = new ApiError(409, { code: "capacity_below_taken", detail: "More people already have a ticket" })
    expect((onField(refused, { capacity_below_taken: "capacity" }) as ApiError).fields).toEqual([
      { pointer: "/capacity", code: "capacity_below_taken", detail: "More people already have a ticket" },
    ])
    expect(onField(refused, {})).toBe(refused)
  })
})
