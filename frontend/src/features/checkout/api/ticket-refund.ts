import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { newKey } from "@/lib/new-key"

export type TicketRefund = components["schemas"]["TicketRefundPreview"]

/** How a ticket can be given back at this moment, and what for. */
export const ticketRefund = (id: number) =>
  queryOptions({
    queryKey: ["tickets", "refund", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/tickets/{ticket_id}/refund/", { params: { path: { ticket_id: id } }, signal })),
    // A sum about to be paid is never taken from memory.
    staleTime: 0,
  })

/** Give a ticket back. The key is one for the open dialog, so that a repeat after a lost answer takes effect once. */
export function useGiveBack(id: number) {
  const queryClient = useQueryClient()
  const [key] = useState(newKey)
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/tickets/{ticket_id}/refund/", {
          params: { path: { ticket_id: id }, header: { "Idempotency-Key": key } },
        }),
      ),
    // Not waited for: the ticket drawn anew has no dialog any more, which is still to say how it went.
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["tickets"] })
      void queryClient.invalidateQueries({ queryKey: ["orders"] })
    },
    // The time may have run out, or the ticket been used: show how it stands now.
    onError: () => queryClient.invalidateQueries({ queryKey: ticketRefund(id).queryKey }),
  })
}

export function useAskForRefund(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) =>
      unwrap(api.POST("/api/v1/tickets/{ticket_id}/refund/request/", { params: { path: { ticket_id: id } }, body: { reason } })),
    onSuccess: (seen) => queryClient.setQueryData(ticketRefund(id).queryKey, seen),
    onError: () => queryClient.invalidateQueries({ queryKey: ticketRefund(id).queryKey }),
  })
}

export function useWithdrawAsking(id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/tickets/{ticket_id}/refund/request/", { params: { path: { ticket_id: id } } })),
    onSuccess: (seen) => queryClient.setQueryData(ticketRefund(id).queryKey, seen),
  })
}
