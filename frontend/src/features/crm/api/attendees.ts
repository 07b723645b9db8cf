import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"
import { saveFile } from "@/lib/save-file"

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

type Wish = NonNullable<operations["crm_event_attendees_export"]["parameters"]["query"]>

/** Fetch the list as a file and hand it to the browser to keep. */
export function useExportAttendees(event: number, name: string) {
  return useMutation({
    mutationFn: async (query: Wish) => {
      const file = await unwrap(
        api.GET("/api/v1/crm/events/{event_id}/attendees/export/", {
          params: { path: { event_id: event }, query },
          parseAs: "blob",
        }),
      )
      saveFile(file as Blob, `${name}.${query.file_type}`)
    },
  })
}
