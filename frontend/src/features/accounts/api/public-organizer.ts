import { queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"

export type PublicOrganizer = components["schemas"]["OrganizerPublicOutput"]

export const organizer = (slug: string) =>
  queryOptions({
    queryKey: ["organizers", slug],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/organizers/{slug}/", { params: { path: { slug } }, signal })),
  })
