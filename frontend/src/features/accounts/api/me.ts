import { queryOptions, useQuery } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"
import { keepPrivately, readPrivate, useSessionStatus } from "@/api/session"

type Me = components["schemas"]["MeOutput"]

const kept = "me"

/** The signed-in person. Ask only when there is one. */
export const me = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: async ({ signal }) => {
      try {
        const person = await unwrap(api.GET("/api/v1/auth/me/", { signal }))
        // An organizer's door opens without a network, and its frame asks who they are.
        if (person.organizer) keepPrivately(kept, person)
        return person
      } catch (error) {
        const person = error instanceof ApiError && error.isNetwork ? (readPrivate(kept) as Me | null) : null
        if (!person) throw error
        return person
      }
    },
    networkMode: "always",
    staleTime: 5 * 60_000,
  })

export function useMe() {
  return useQuery({ ...me(), enabled: useSessionStatus() === "signed-in" })
}
