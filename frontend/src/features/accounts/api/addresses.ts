import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"

export type Address = components["schemas"]["AddressOutput"]
export type AddressWish = components["schemas"]["AddressInputRequest"]

export const addressList = () =>
  queryOptions({
    queryKey: ["addresses"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/auth/addresses/", { signal })),
  })

/** A new one, or new contents for the one with this id. */
export function useSaveAddress() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: AddressWish & { id?: number | undefined }) =>
      id
        ? unwrap(api.PATCH("/api/v1/auth/addresses/{address_id}/", { params: { path: { address_id: id } }, body }))
        : unwrap(api.POST("/api/v1/auth/addresses/", { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: addressList().queryKey }),
  })
}

export function useDeleteAddress() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE("/api/v1/auth/addresses/{address_id}/", { params: { path: { address_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: addressList().queryKey }),
  })
}
