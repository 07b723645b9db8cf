import { queryOptions, useQuery } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { useSessionStatus } from "@/api/session"

/** The signed-in person. Ask only when there is one. */
export const me = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/auth/me/", { signal })),
    staleTime: 5 * 60_000,
  })

export function useMe() {
  return useQuery({ ...me(), enabled: useSessionStatus() === "signed-in" })
}
