import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"

export type Admission = components["schemas"]["CheckInOutput"]

/** Other doors admit too: the count is asked for again this often, in milliseconds. */
const COUNTED_EVERY = 15_000

/** Events a door can stand at. */
export const doorEvents = () =>
  queryOptions({
    queryKey: ["crm", "door-events"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/events/", { params: { query: { status: "published", page_size: 100 } }, signal })),
    refetchInterval: COUNTED_EVERY,
  })

const REFUSALS = [
  "already_checked_in",
  "wrong_event",
  "unknown_code",
  "ticket_replaced",
  "ticket_not_paid",
  "ticket_refunded",
  "ticket_canceled",
  "network",
] as const

export type Refusal = (typeof REFUSALS)[number] | "failed"

/** Why the door stays closed, and the ticket it is about where that is ours to know. */
export function refusalOf(error: unknown): { reason: Refusal; ticket: Admission | null } {
  if (!(error instanceof ApiError)) return { reason: "failed", ticket: null }
  // A code that cannot even be read is no ticket of ours.
  const reason = error.status === 400 ? "unknown_code" : REFUSALS.find((code) => code === error.code)
  return { reason: reason ?? "failed", ticket: (error.problem.ticket as Admission | undefined) ?? null }
}

/** Ask the server to admit. Only its yes opens the door. */
export function useCheckIn() {
  const recount = useRecount()
  return useMutation({
    // Without a network it fails at once instead of waiting for one.
    networkMode: "always",
    mutationFn: (body: components["schemas"]["CheckInInputRequest"]) => unwrap(api.POST("/api/v1/crm/check-in/", { body })),
    onSuccess: recount,
  })
}

/** The same for somebody found on the list. */
export function useAdmit() {
  const recount = useRecount()
  return useMutation({
    networkMode: "always",
    mutationFn: ({ ticket, ...body }: { ticket: number; scanned_at: string }) =>
      unwrap(api.POST("/api/v1/crm/attendees/{attendee_id}/check-in/", { params: { path: { attendee_id: ticket } }, body })),
    onSettled: recount,
  })
}

function useRecount() {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: doorEvents().queryKey })
    void queryClient.invalidateQueries({ queryKey: ["crm", "attendees"] })
  }
}
