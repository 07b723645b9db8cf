import { queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type EventFilters = NonNullable<operations["events_list"]["parameters"]["query"]>
export type EventCardData = components["schemas"]["EventCard"]
export type EventDetail = components["schemas"]["EventDetail"]
export type TicketOffer = components["schemas"]["TicketOffer"]

export const eventList = (filters: EventFilters) =>
  queryOptions({
    queryKey: ["events", "list", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/events/", { params: { query: filters }, signal })),
  })

export const eventDetail = (ref: string) =>
  queryOptions({
    queryKey: ["events", "detail", ref],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/events/{ref}/", { params: { path: { ref } }, signal })),
  })

export const eventCategories = () =>
  queryOptions({
    queryKey: ["events", "categories"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/event-categories/", { signal })),
    staleTime: 10 * 60_000,
  })

export type EventPoint = components["schemas"]["EventPoint"]
export type PointFilters = NonNullable<operations["event_points_list"]["parameters"]["query"]>

export const eventPoints = (filters: PointFilters) =>
  queryOptions({
    queryKey: ["events", "points", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/event-points/", { params: { query: filters }, signal })),
  })

export type EventFacets = components["schemas"]["EventFacetsOutput"]

/** What each choice beside the filters would leave. */
export const eventFacets = (filters: NonNullable<operations["event_facets_list"]["parameters"]["query"]>) =>
  queryOptions({
    queryKey: ["events", "facets", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/event-facets/", { params: { query: filters }, signal })),
  })
