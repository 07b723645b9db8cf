import { useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { me } from "./me"

export type Person = components["schemas"]["MeOutput"]
export type ProfileChange = components["schemas"]["PatchedMeInputRequest"]
export type Organizer = components["schemas"]["OrganizerInputRequest"]

export function useUpdateProfile() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ProfileChange) => unwrap(api.PATCH("/api/v1/auth/me/", { body })),
    onSuccess: (person) => queryClient.setQueryData(me().queryKey, person),
  })
}

export function useRemoveAvatar() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/auth/me/avatar/")),
    onSuccess: (person) => queryClient.setQueryData(me().queryKey, person),
  })
}

export function useBecomeOrganizer() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Organizer) => unwrap(api.POST("/api/v1/auth/organizer/", { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: me().queryKey }),
  })
}
