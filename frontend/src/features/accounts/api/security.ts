import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { endSession } from "@/api/session"

export type SignIn = components["schemas"]["SignInOutput"]

export const signIns = () =>
  queryOptions({
    queryKey: ["sign-ins"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/auth/sessions/", { signal })),
  })

export function useEndSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE("/api/v1/auth/sessions/{session_id}/", { params: { path: { session_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: signIns().queryKey }),
  })
}

/** Everywhere, here too. */
export const useSignOutEverywhere = () =>
  useMutation({ mutationFn: () => unwrap(api.DELETE("/api/v1/auth/sessions/")), onSuccess: endSession })
