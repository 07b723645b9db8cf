import { queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type TicketRow = components["schemas"]["TicketOutput"]
export type Ticket = components["schemas"]["TicketDetail"]
export type TicketFilters = NonNullable<operations["tickets_list"]["parameters"]["query"]>

export const ticketList = (filters: TicketFilters) =>
  queryOptions({
    queryKey: ["tickets", "list", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/tickets/", { params: { query: filters }, signal })),
  })

export const ticketDetail = (id: number) =>
  queryOptions({
    queryKey: ["tickets", "detail", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/tickets/{ticket_id}/", { params: { path: { ticket_id: id } }, signal })),
  })
