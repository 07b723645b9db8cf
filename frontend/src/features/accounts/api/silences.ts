import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"

/** Organizers whose news the person does not want. */
export const silences = () =>
  queryOptions({
    queryKey: ["silences"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/silences/", { signal })),
  })

export function useEndSilence() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (organizer_slug: string) => unwrap(api.DELETE("/api/v1/silences/{organizer_slug}/", { params: { path: { organizer_slug } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: silences().queryKey }),
  })
}

/** Whose news the link of a mail ends; it works without signing in. */
export const mailedLink = (silence_token: string) =>
  queryOptions({
    queryKey: ["unsubscribe", silence_token],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/unsubscribe/{silence_token}/", { params: { path: { silence_token } }, signal })),
  })

export function useUnsubscribe(silence_token: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (wanted: "silence" | "news") => {
      const where = { params: { path: { silence_token } } }
      return unwrap(
        wanted === "silence" ? api.POST("/api/v1/unsubscribe/{silence_token}/", where) : api.DELETE("/api/v1/unsubscribe/{silence_token}/", where),
      )
    },
    onSuccess: (now) => {
      queryClient.setQueryData(mailedLink(silence_token).queryKey, now)
      void queryClient.invalidateQueries({ queryKey: silences().queryKey })
    },
  })
}
