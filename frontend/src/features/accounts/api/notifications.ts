import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"
import { useSessionStatus } from "@/api/session"

export type Notice = components["schemas"]["NotificationOutput"]
type Filters = NonNullable<operations["notifications_list"]["parameters"]["query"]>

const key = ["notifications"]

export const notificationList = (filters: Filters) =>
  queryOptions({
    queryKey: [...key, filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/notifications/", { params: { query: filters }, signal })),
  })

/** How many things the person has been told and not read; looked at once a minute while the page is in sight. */
export function useUnreadCount(): number {
  const { data } = useQuery({
    ...notificationList({ unread: true, page_size: 1 }),
    enabled: useSessionStatus() === "signed-in",
    refetchInterval: 60_000,
  })
  return data?.count ?? 0
}

export function useMarkRead() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.POST("/api/v1/notifications/{notification_id}/read/", { params: { path: { notification_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
}

/** Everything up to the newest one in sight; what comes meanwhile stays unread. */
export function useMarkAllRead() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (up_to: number) => unwrap(api.POST("/api/v1/notifications/read/", { body: { up_to } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  })
}
