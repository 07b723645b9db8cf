import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type AttendeeFilters = NonNullable<operations["crm_event_attendees_list"]["parameters"]["query"]>
export type Attendee = components["schemas"]["AttendeeOutput"]
export type AttendeeStatus = Attendee["status"]

export const attendeeList = (event: number, filters: AttendeeFilters) =>
  queryOptions({
    queryKey: ["crm", "attendees", event, filters],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/crm/events/{event_id}/attendees/", { params: { path: { event_id: event }, query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
