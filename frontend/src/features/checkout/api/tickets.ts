import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components, operations } from "@/api/schema"

import { keepShell } from "@/lib/keep-shell"
import { dropTicket, keepRows, keepTicket, keptRows, keptTicket } from "./kept-tickets"

export type TicketRow = components["schemas"]["TicketOutput"]
export type Ticket = components["schemas"]["TicketDetail"]
export type TicketFilters = NonNullable<operations["tickets_list"]["parameters"]["query"]>

export const ticketList = (filters: TicketFilters) =>
  queryOptions({
    queryKey: ["tickets", "list", filters],
    queryFn: async ({ signal }) => {
      const isFirst = filters.when !== "past" && (filters.page ?? 1) === 1
      try {
        const page = await unwrap(api.GET("/api/v1/tickets/", { params: { query: filters }, signal }))
        if (isFirst) keepRows(page.results)
        if (page.count > 0) void keepShell()
        return page
      } catch (error) {
        const results = isFirst && isUnreachable(error) ? keptRows() : []
        if (results.length === 0) throw error
        return { count: results.length, next: null, previous: null, results }
      }
    },
    // Asked without a network too: then what this device keeps is the answer.
    networkMode: "always",
    retry: onceMore,
  })

export const ticketDetail = (id: number) =>
  queryOptions({
    queryKey: ["tickets", "detail", id],
    queryFn: async ({ signal }) => {
      try {
        const ticket = await unwrap(
          api.GET("/api/v1/tickets/{ticket_id}/", { params: { path: { ticket_id: id } }, signal }),
        )
        keepTicket(ticket)
        void keepShell()
        return ticket
      } catch (error) {
        if (error instanceof ApiError && error.isNotFound) dropTicket(id)
        const kept = isUnreachable(error) ? keptTicket(id) : undefined
        if (!kept) throw error
        return kept
      }
    },
    networkMode: "always",
    retry: onceMore,
  })

/** Write who comes with a ticket; the code stays. */
export function useNameTicket(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (attendee_name: string) =>
      unwrap(api.PATCH("/api/v1/tickets/{ticket_id}/", { params: { path: { ticket_id: id } }, body: { attendee_name } })),
    onSuccess: (ticket) => {
      keepTicket(ticket)
      queryClient.setQueryData(ticketDetail(id).queryKey, ticket)
      return queryClient.invalidateQueries({ queryKey: ["tickets", "list"] })
    },
  })
}

/** It comes to this when the device keeps nothing either. Without a network another try would only delay saying so. */
function onceMore(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiError && error.status >= 500
}

/** Nobody refused it: the network or the server is away. */
function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && (error.isNetwork || error.status >= 500)
}

export function fetchTicketPdf(id: number): Promise<Blob> {
  return unwrap(api.GET("/api/v1/tickets/{ticket_id}/pdf/", { params: { path: { ticket_id: id } }, parseAs: "blob" }))
}

export function fetchTicketCalendar(id: number): Promise<Blob> {
  return unwrap(
    api.GET("/api/v1/tickets/{ticket_id}/calendar/", { params: { path: { ticket_id: id } }, parseAs: "blob" }),
  )
}

export function fetchOrderTickets(ref: string): Promise<Blob> {
  return unwrap(api.GET("/api/v1/orders/{ref}/tickets/pdf/", { params: { path: { ref } }, parseAs: "blob" }))
}
