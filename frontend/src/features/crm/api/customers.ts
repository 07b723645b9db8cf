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

const MOST_EXPORT_PAGES = 100

/** Every customer the search finds, for a file; ten thousand at most. */
export async function everyCustomer(filters: CustomerFilters): Promise<CustomerRow[]> {
  const rows: CustomerRow[] = []
  for (let page = 1; page <= MOST_EXPORT_PAGES; page += 1) {
    const found = await unwrap(api.GET("/api/v1/crm/customers/", { params: { query: { ...filters, page, page_size: 100 } } }))
    rows.push(...found.results)
    if (!found.next) break
  }
  return rows
}

export const customer = (customer_id: number) =>
  queryOptions({
    queryKey: ["crm", "customer", customer_id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/customers/{customer_id}/", { params: { path: { customer_id } }, signal })),
  })

export function useAddNote(customer_id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: string) =>
      unwrap(api.POST("/api/v1/crm/customers/{customer_id}/notes/", { params: { path: { customer_id } }, body: { body } })),
    onSuccess: (note) =>
      queryClient.setQueryData(customer(customer_id).queryKey, (old) => old && { ...old, notes: [note, ...old.notes] }),
  })
}

export function useDeleteNote(customer_id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (note_id: number) =>
      unwrap(api.DELETE("/api/v1/crm/customers/{customer_id}/notes/{note_id}/", { params: { path: { customer_id, note_id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: customer(customer_id).queryKey }),
  })
}
