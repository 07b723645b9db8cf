import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { keepTicket } from "./kept-tickets"
import { ticketDetail } from "./tickets"

export type IncomingTicket = components["schemas"]["TicketOffered"]

/** Tickets that others give the person, for them to take. */
export const incomingTickets = () =>
  queryOptions({
    queryKey: ["tickets", "incoming"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/ticket-offers/", { params: { query: { page_size: 100 } }, signal })),
    staleTime: 0,
  })

/** Offer a ticket to whoever has this e-mail. The ticket drawn anew says that it is offered. */
export function useOfferTicket(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (email: string) =>
      unwrap(api.POST("/api/v1/tickets/{ticket_id}/offer/", { params: { path: { ticket_id: id } }, body: { email } })),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ticketDetail(id).queryKey }),
  })
}

export function useWithdrawOffer(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/tickets/{ticket_id}/offer/", { params: { path: { ticket_id: id } } })),
    // Somebody may have taken it meanwhile: either way, show whose it is now.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["tickets"] }),
  })
}

export function useTakeTicket() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, attendee_name }: { id: number; attendee_name: string }) =>
      unwrap(api.POST("/api/v1/ticket-offers/{offer_id}/take/", { params: { path: { offer_id: id } }, body: { attendee_name } })),
    onSuccess: (ticket) => {
      keepTicket(ticket)
      queryClient.setQueryData(ticketDetail(ticket.id).queryKey, ticket)
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ["tickets"] }),
  })
}

export function useDeclineTicket() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST("/api/v1/ticket-offers/{offer_id}/decline/", { params: { path: { offer_id: id } } })),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: incomingTickets().queryKey }),
  })
}
