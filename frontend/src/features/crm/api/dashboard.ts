import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type Dashboard = components["schemas"]["DashboardOutput"]
export type Period = NonNullable<operations["crm_dashboard"]["parameters"]["query"]>

/** The sales of a period and what needs doing; while another period loads, the last one stays to be read. */
export const dashboard = (period: Period) =>
  queryOptions({
    queryKey: ["crm", "dashboard", period],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/dashboard/", { params: { query: period }, signal })),
    placeholderData: keepPreviousData,
  })
