import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"
import { upload, type UploadOptions } from "@/api/upload"

type Schemas = components["schemas"]
export type EventFilters = NonNullable<operations["crm_events_list"]["parameters"]["query"]>
export type EventRow = Schemas["CrmEventRowOutput"]
export type DeskEvent = Schemas["CrmEventOutput"]
export type EventStatus = DeskEvent["status"]
export type TicketType = Schemas["TicketTypeOutput"]
export type TicketTypeWish = Schemas["TicketTypeInputRequest"]
export type EventWish = Schemas["EventInputRequest"]
export type PlaceWish = Schemas["EventLocationInputRequest"]
export type OnlineWish = Schemas["EventOnlineInfoInputRequest"]

export const eventList = (filters: EventFilters) =>
  queryOptions({
    queryKey: ["crm", "events", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/events/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const deskEvent = (id: number) =>
  queryOptions({
    queryKey: ["crm", "event", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/events/{event_id}/", { params: { path: { event_id: id } }, signal })),
  })

export const eventFigures = (id: number) =>
  queryOptions({
    queryKey: ["crm", "event", id, "figures"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/events/{event_id}/figures/", { params: { path: { event_id: id } }, signal })),
  })

/** What canceling would give back, told by the server before anything happens. */
export const cancelPreview = (id: number) =>
  queryOptions({
    queryKey: ["cancel-preview", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/crm/events/{event_id}/cancel/preview/", { params: { path: { event_id: id } }, signal })),
    // A sum about to be paid is never taken from memory.
    staleTime: 0,
    gcTime: 0,
  })

export const sports = () =>
  queryOptions({
    queryKey: ["crm", "sports"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/event-categories/", { signal })),
    staleTime: 10 * 60_000,
  })

/** Everything the editor saves at once. Parts left out stay as they are. */
export interface EventChanges {
  event: Partial<EventWish>
  place?: PlaceWish
  online?: OnlineWish
}

export function useCreateEvent() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: EventWish) => unwrap(api.POST("/api/v1/crm/events/", { body })),
    onSuccess: (event) => keep(queryClient, event),
  })
}

/** The place goes first: a published event may change its format only once the new place is said. */
export function useSaveEvent(id: number) {
  const queryClient = useQueryClient()
  const path = { event_id: id }
  return useMutation({
    mutationFn: async ({ event, place, online }: EventChanges) => {
      if (place) await unwrap(api.PUT("/api/v1/crm/events/{event_id}/location/", { params: { path }, body: place }))
      if (online) await unwrap(api.PUT("/api/v1/crm/events/{event_id}/online-info/", { params: { path }, body: online }))
      if (Object.keys(event).length > 0) return unwrap(api.PATCH("/api/v1/crm/events/{event_id}/", { params: { path }, body: event }))
      return unwrap(api.GET("/api/v1/crm/events/{event_id}/", { params: { path } }))
    },
    onSuccess: (event) => keep(queryClient, event),
  })
}

type Step = "publish" | "unpublish" | "duplicate"

export function useEventStep(id: number, step: Step) {
  const queryClient = useQueryClient()
  const params = { path: { event_id: id } }
  return useMutation({
    mutationFn: () => {
      if (step === "publish") return unwrap(api.POST("/api/v1/crm/events/{event_id}/publish/", { params }))
      if (step === "unpublish") return unwrap(api.POST("/api/v1/crm/events/{event_id}/unpublish/", { params }))
      return unwrap(api.POST("/api/v1/crm/events/{event_id}/duplicate/", { params }))
    },
    onSuccess: (event) => keep(queryClient, event),
    onError: () => queryClient.invalidateQueries({ queryKey: deskEvent(id).queryKey }),
  })
}

export function useCancelEvent(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) =>
      unwrap(api.POST("/api/v1/crm/events/{event_id}/cancel/", { params: { path: { event_id: id } }, body: { reason } })),
    onSuccess: (event) => {
      keep(queryClient, event)
      void queryClient.invalidateQueries({ queryKey: ["crm"] })
    },
  })
}

export function useDeleteDraft(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/crm/events/{event_id}/", { params: { path: { event_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["crm", "events"] }),
  })
}

export function useSetCover(id: number) {
  const queryClient = useQueryClient()
  return async (picture: Blob, options: UploadOptions) => {
    await upload(`/api/v1/crm/events/${id}/cover/`, picture, options)
    await refetchEvent(queryClient, id)
  }
}

export function useSaveTicketType(event: number, ticketType?: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: TicketTypeWish) =>
      ticketType === undefined
        ? unwrap(api.POST("/api/v1/crm/events/{event_id}/ticket-types/", { params: { path: { event_id: event } }, body }))
        : unwrap(
            api.PATCH("/api/v1/crm/events/{event_id}/ticket-types/{ticket_type_id}/", {
              params: { path: { event_id: event, ticket_type_id: ticketType } },
              body,
            }),
          ),
    onSuccess: () => refetchEvent(queryClient, event),
  })
}

export function useDeleteTicketType(event: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(
        api.DELETE("/api/v1/crm/events/{event_id}/ticket-types/{ticket_type_id}/", {
          params: { path: { event_id: event, ticket_type_id: id } },
        }),
      ),
    onSettled: () => refetchEvent(queryClient, event),
  })
}

export function useArrangeTicketTypes(event: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (order: number[]) =>
      unwrap(api.PUT("/api/v1/crm/events/{event_id}/ticket-types/order/", { params: { path: { event_id: event } }, body: { order } })),
    onSettled: () => refetchEvent(queryClient, event),
  })
}

type Client = ReturnType<typeof useQueryClient>

function keep(queryClient: Client, event: DeskEvent) {
  queryClient.setQueryData(deskEvent(event.id).queryKey, event)
  void queryClient.invalidateQueries({ queryKey: ["crm", "events"] })
  void queryClient.invalidateQueries({ queryKey: ["events"] })
}

function refetchEvent(queryClient: Client, id: number) {
  void queryClient.invalidateQueries({ queryKey: ["crm", "events"] })
  return queryClient.invalidateQueries({ queryKey: deskEvent(id).queryKey })
}
