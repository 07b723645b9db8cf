import { ApiError } from "@/api/errors"
import { fromZoned, toZoned } from "@/lib/zoned-time"
import type { DeskEvent, EventChanges, EventWish, OnlineWish, PlaceWish } from "./api/events"

/** The editor's fields, by the API's names; times are those of the clocks at the event. */
export interface EventValues {
  title: string
  sport_type: string
  format: "offline" | "online"
  start_datetime: string
  end_datetime: string
  timezone: string
  capacity: string
  /** Hours before the start until which tickets come back without asking; "" is to be asked. */
  refund_until_hours: string
  description: string
  country: string
  city: string
  address: string
  map_url: string
  latitude: string
  longitude: string
  meeting_link: string
  stream_url: string
  access_instructions: string
}

const OF_PLACE = ["country", "city", "address", "map_url", "latitude", "longitude"] as const
const ONLINE = ["meeting_link", "stream_url", "access_instructions"] as const

export function emptyValues(timezone: string, country: string): EventValues {
  const texts = Object.fromEntries(
    ["title", "sport_type", "start_datetime", "end_datetime", "capacity", "refund_until_hours", "description", ...OF_PLACE, ...ONLINE].map((name) => [name, ""]),
  )
  return { ...(texts as unknown as EventValues), format: "offline", timezone, country }
}

export function valuesOf(event: DeskEvent, country: string): EventValues {
  const { title, format, timezone, description, location, online_info: online } = event
  return {
    title,
    format,
    timezone,
    description,
    sport_type: event.category.slug,
    start_datetime: toZoned(event.start_datetime, timezone),
    end_datetime: toZoned(event.end_datetime, timezone),
    capacity: event.capacity === null ? "" : String(event.capacity),
    refund_until_hours: event.refund_until_hours === null ? "" : String(event.refund_until_hours),
    country: location?.country ?? country,
    city: location?.city ?? "",
    address: location?.address ?? "",
    map_url: location?.map_url ?? "",
    latitude: location?.latitude ?? "",
    longitude: location?.longitude ?? "",
    meeting_link: online?.meeting_link ?? "",
    stream_url: online?.stream_url ?? "",
    access_instructions: online?.access_instructions ?? "",
  }
}

/** What a new draft is created with; its place follows in a second call. */
export function wishOf(values: EventValues): EventWish {
  const { title, sport_type, format, timezone, description, capacity, refund_until_hours: hours } = values
  return {
    title,
    sport_type,
    format,
    timezone,
    description,
    start_datetime: fromZoned(values.start_datetime, timezone),
    end_datetime: fromZoned(values.end_datetime, timezone),
    capacity: capacity === "" ? null : Number(capacity),
    refund_until_hours: hours === "" ? null : Number(hours),
  }
}

/**
 * What is to be sent of `values`, given the names that changed. A start that nobody touched is left out: of an
 * event under way it lies in the past, where it could not be set again.
 */
export function changesOf(values: EventValues, changed: ReadonlySet<string>): EventChanges {
  const wish = wishOf(values)
  const moved = changed.has("timezone")
  const event = Object.fromEntries(
    Object.entries(wish).filter(([name]) => changed.has(name) || (moved && (name === "start_datetime" || name === "end_datetime"))),
  )
  return {
    event,
    ...(values.format === "offline" && OF_PLACE.some((name) => changed.has(name)) && hasPlace(values) && { place: placeOf(values) }),
    ...(values.format === "online" && ONLINE.some((name) => changed.has(name)) && { online: onlineOf(values) }),
  }
}

/** Something of the place was written, so all that it needs is asked for. */
export function hasPlace({ city, address, latitude, longitude, map_url }: EventValues): boolean {
  return [city, address, latitude, longitude, map_url].some((text) => text.trim() !== "")
}

export function hasOnline({ meeting_link, stream_url, access_instructions }: EventValues): boolean {
  return [meeting_link, stream_url, access_instructions].some((text) => text.trim() !== "")
}

export function placeOf({ country, city, address, map_url, latitude, longitude }: EventValues): PlaceWish {
  return { country, city, address, map_url, latitude: latitude || null, longitude: longitude || null }
}

export function onlineOf({ meeting_link, stream_url, access_instructions }: EventValues): OnlineWish {
  return { meeting_link, stream_url, access_instructions }
}

/**
 * The same refusal with its field named. The API names a field in what it cannot read; what is impossible at
 * this moment (fewer places than are taken) it knows by a code, and the form knows where that belongs.
 */
export function onField(error: unknown, fields: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof ApiError) || error.fields.length > 0) return error
  const name = fields[error.code]
  if (name === undefined) return error
  const errors = [{ pointer: `/${name}`, code: error.code, detail: error.detail }]
  return new ApiError(error.status, { ...error.problem, errors }, error.requestId)
}
