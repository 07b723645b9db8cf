import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type Dashboard = components["schemas"]["DashboardOutput"]
type Wish = NonNullable<operations["crm_dashboard"]["parameters"]["query"]>
export type Period = Omit<Wish, "event">

/** The sales of a period, of one event or of all, and what needs doing; while another period loads, the last one stays to be read. */
export const dashboard = (wish: Wish) =>
  queryOptions({
    queryKey: ["crm", "dashboard", wish],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/dashboard/", { params: { query: wish }, signal })),
    placeholderData: keepPreviousData,
  })
