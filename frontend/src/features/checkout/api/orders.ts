import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"
import { noteServerTime } from "./clock"

export type Order = components["schemas"]["OrderOutput"]
export type OrderCardData = components["schemas"]["OrderCard"]
export type OrderFilters = NonNullable<operations["orders_list"]["parameters"]["query"]>

export const orderList = (filters: OrderFilters) =>
  queryOptions({
    queryKey: ["orders", "list", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/orders/", { params: { query: filters }, signal })),
  })

/** By its number or its id. Always fresh: money and a clock hang on it. */
export const orderDetail = (ref: string) =>
  queryOptions({
    queryKey: ["orders", "detail", ref],
    queryFn: async ({ signal }) => {
      const call = api.GET("/api/v1/orders/{ref}/", { params: { path: { ref } }, signal })
      const order = await unwrap(call)
      noteServerTime((await call).response)
      return order
    },
    staleTime: 0,
  })

export function useCancelOrder(order: Order) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/v1/orders/{ref}/cancel/", { params: { path: { ref: order.order_number } } })),
    onSuccess: (canceled) => queryClient.setQueryData(orderDetail(order.order_number).queryKey, canceled),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["orders"] }),
  })
}
