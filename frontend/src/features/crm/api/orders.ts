import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type OrderFilters = NonNullable<operations["crm_orders_list"]["parameters"]["query"]>
export type OrderRow = components["schemas"]["CrmOrderRowOutput"]
export type Order = components["schemas"]["CrmOrderOutput"]
export type OrderItem = components["schemas"]["CrmOrderItem"]
export type PartStatus = components["schemas"]["FulfilmentStatus"]
export type RefundRequest = Order["refund_requests"][number]
export type RefundWish = components["schemas"]["CrmRefundInputRequest"]

export const orderList = (filters: OrderFilters) =>
  queryOptions({
    queryKey: ["crm", "orders", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/orders/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const order = (ref: string) =>
  queryOptions({
    queryKey: ["crm", "order", ref],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/orders/{ref}/", { params: { path: { ref } }, signal })),
  })

/** What a refund would give back, told by the server before anything happens. */
export const refundPreview = (ref: string, wish: RefundWish) =>
  queryOptions({
    queryKey: ["refund-preview", ref, wish],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/v1/crm/orders/{ref}/refund/preview/", { params: { path: { ref } }, body: wish, signal })),
    // A sum about to be paid is never taken from memory.
    staleTime: 0,
    gcTime: 0,
  })

/** Move the part on or note its tracking number. The screen changes when the server has agreed, not before. */
export function useMoveOrder(ref: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: components["schemas"]["PatchedCrmOrderInputRequest"]) =>
      unwrap(api.PATCH("/api/v1/crm/orders/{ref}/", { params: { path: { ref } }, body })),
    onSuccess: (moved) => {
      queryClient.setQueryData(order(ref).queryKey, moved)
      void queryClient.invalidateQueries({ queryKey: ["crm", "orders"] })
      void queryClient.invalidateQueries({ queryKey: ["crm", "dashboard"] })
    },
    // Somebody else may have moved it meanwhile: show where it really is.
    onError: () => queryClient.invalidateQueries({ queryKey: order(ref).queryKey }),
  })
}

/** Give money back. `key` is one per intention, so that a repeat after a lost answer pays once. */
export function useRefund(ref: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ key, wish }: { key: string; wish: RefundWish }) =>
      unwrap(
        api.POST("/api/v1/crm/orders/{ref}/refund/", {
          params: { path: { ref }, header: { "Idempotency-Key": key } },
          body: wish,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["crm"] }),
  })
}

/** Take back the very ticket somebody asks about. `key` as of `useRefund`. */
export function useGrantRequest() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, key }: { id: number; key: string }) =>
      unwrap(
        api.POST("/api/v1/crm/refund-requests/{request_id}/grant/", {
          params: { path: { request_id: id }, header: { "Idempotency-Key": key } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["crm"] }),
  })
}

export function useDeclineRequest() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, answer }: { id: number; answer: string }) =>
      unwrap(api.POST("/api/v1/crm/refund-requests/{request_id}/decline/", { params: { path: { request_id: id } }, body: { answer } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["crm", "order"] }),
  })
}
