import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type Mailing = components["schemas"]["MailingOutput"]
export type MailingRow = components["schemas"]["MailingRowOutput"]
export type NewMailing = components["schemas"]["MailingInputRequest"]
export type Audience = Omit<NonNullable<operations["crm_mailings_audience"]["parameters"]["query"]>, "lang">

const LIST = ["crm", "mailings"] as const
/** How often a message on its way is looked at. */
const WATCH_MS = 3_000

export const mailingList = (filters: { page?: number | undefined; page_size: number }) =>
  queryOptions({
    queryKey: [...LIST, filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/mailings/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const mailing = (mailing_id: number) =>
  queryOptions({
    queryKey: ["crm", "mailing", mailing_id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/mailings/{mailing_id}/", { params: { path: { mailing_id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "sending" ? WATCH_MS : false),
  })

/** How many a message would reach, and how many of its kind may still be sent today. */
export const reach = (audience: Audience) =>
  queryOptions({
    queryKey: ["crm", "mailing-reach", audience],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/mailings/audience/", { params: { query: audience }, signal })),
    placeholderData: keepPreviousData,
  })

export const preview = ({ id, subject, body }: Mailing) =>
  queryOptions({
    queryKey: ["crm", "mailing-preview", id, subject, body],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/crm/mailings/{mailing_id}/preview/", { params: { path: { mailing_id: id } }, signal })),
    staleTime: Infinity,
  })

/** Whom a message that is written already is for. */
export function audienceOf({ event, ticket_type, attendance, q, tag }: MailingRow): Audience {
  return {
    ...(event && { event: event.id }),
    ...(ticket_type && { ticket_type: ticket_type.id }),
    ...(attendance && { attendance }),
    ...(q && { q }),
    ...(tag && { tag }),
  }
}

export const useWriteMailing = () =>
  useMutation({ mutationFn: (body: NewMailing) => unwrap(api.POST("/api/v1/crm/mailings/", { body })), onSuccess: useKeep() })

export const useChangeMailing = (mailing_id: number) =>
  useMutation({
    mutationFn: (body: Pick<NewMailing, "subject" | "body">) =>
      unwrap(api.PATCH("/api/v1/crm/mailings/{mailing_id}/", { params: { path: { mailing_id } }, body })),
    onSuccess: useKeep(),
  })

export const useSendMailing = (mailing_id: number) =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/crm/mailings/{mailing_id}/send/", { params: { path: { mailing_id } } })),
    onSuccess: useKeep(),
  })

export const useTestMailing = (mailing_id: number) =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/crm/mailings/{mailing_id}/test/", { params: { path: { mailing_id } } })),
  })

export function useDeleteMailing(mailing_id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/crm/mailings/{mailing_id}/", { params: { path: { mailing_id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: LIST }),
  })
}

function useKeep() {
  const queryClient = useQueryClient()
  return (kept: Mailing) => {
    queryClient.setQueryData(mailing(kept.id).queryKey, kept)
    void queryClient.invalidateQueries({ queryKey: LIST })
    void queryClient.invalidateQueries({ queryKey: ["crm", "mailing-reach"] })
  }
}
