import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type CustomerFilters = NonNullable<operations["crm_customers_list"]["parameters"]["query"]>
export type CustomerRow = components["schemas"]["CustomerRowOutput"]
export type Customer = components["schemas"]["CustomerOutput"]

export const customerList = (filters: CustomerFilters) =>
  queryOptions({
    queryKey: ["crm", "customers", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/customers/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const customer = (customer_id: number) =>
  queryOptions({
    queryKey: ["crm", "customer", customer_id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/customers/{customer_id}/", { params: { path: { customer_id } }, signal })),
  })

/** The tags in use, for filters and suggestions. */
export const customerTags = () =>
  queryOptions({
    queryKey: ["crm", "customer-tags"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/customer-tags/", { signal })),
  })

/** A change of the card that is seen at once, and taken back where the server refuses. */
function useCardChange<Wish, Answer>(
  customer_id: number,
  { send, shown }: { send: (wish: Wish) => Promise<Answer>; shown: (card: Customer, wish: Wish) => Customer },
) {
  const queryClient = useQueryClient()
  const { queryKey } = customer(customer_id)
  return useMutation({
    mutationFn: send,
    onMutate: async (wish) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      queryClient.setQueryData(queryKey, (card) => card && shown(card, wish))
      return before
    },
    onError: (_error, _wish, before) => queryClient.setQueryData(queryKey, before),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
}

/** The id of a note that is still on its way to the server. */
export const UNSAVED = 0

export function useAddNote(customer_id: number) {
  return useCardChange(customer_id, {
    send: (body: string) =>
      unwrap(api.POST("/api/v1/crm/customers/{customer_id}/notes/", { params: { path: { customer_id } }, body: { body } })),
    shown: (card, body) => {
      const note = { id: UNSAVED, body, author_name: "", is_own: true, created_at: new Date().toISOString() }
      return { ...card, notes: [note, ...card.notes] }
    },
  })
}

export function useChangeNote(customer_id: number) {
  return useCardChange(customer_id, {
    send: ({ id, body }: { id: number; body: string }) =>
      unwrap(
        api.PATCH("/api/v1/crm/customers/{customer_id}/notes/{note_id}/", {
          params: { path: { customer_id, note_id: id } },
          body: { body },
        }),
      ),
    shown: (card, { id, body }) => ({ ...card, notes: card.notes.map((note) => (note.id === id ? { ...note, body } : note)) }),
  })
}

export function useDeleteNote(customer_id: number) {
  return useCardChange(customer_id, {
    send: (note_id: number) =>
      unwrap(api.DELETE("/api/v1/crm/customers/{customer_id}/notes/{note_id}/", { params: { path: { customer_id, note_id } } })),
    shown: (card, id) => ({ ...card, notes: card.notes.filter((note) => note.id !== id) }),
  })
}

export function useSetTags(customer_id: number) {
  const queryClient = useQueryClient()
  return useCardChange(customer_id, {
    send: async (tags: string[]) => {
      const answer = await unwrap(
        api.PUT("/api/v1/crm/customers/{customer_id}/tags/", { params: { path: { customer_id } }, body: { tags } }),
      )
      for (const kind of ["customers", "customer-tags"]) void queryClient.invalidateQueries({ queryKey: ["crm", kind] })
      return answer
    },
    shown: (card, tags) => ({ ...card, tags }),
  })
}
