import { useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { upload, type UploadOptions } from "@/api/upload"
import { me } from "./me"

export type OwnOrganizer = components["schemas"]["OrganizerOwnOutput"]

function useKeepOrganizer() {
  const queryClient = useQueryClient()
  return (organizer: OwnOrganizer) => {
    queryClient.setQueryData(me().queryKey, (person) => person && { ...person, organizer })
    // Events and goods show who sells them.
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" })
  }
}

export function useChangeOrganizer() {
  const keep = useKeepOrganizer()
  return useMutation({
    mutationFn: (body: components["schemas"]["PatchedOrganizerUpdateInputRequest"]) =>
      unwrap(api.PATCH("/api/v1/auth/organizer/", { body })),
    onSuccess: keep,
  })
}

/** Send a new logo; the picture on the screen is the server's once it has taken it. */
export function useSetLogo() {
  const keep = useKeepOrganizer()
  return async (picture: Blob, options: UploadOptions) =>
    keep(await upload<OwnOrganizer>("/api/v1/auth/organizer/logo/", picture, options))
}
