import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"
import type { FileChoice } from "@/lib/file-choice"
import { saveFile } from "@/lib/save-file"

export type ExportRow = components["schemas"]["ExportOutput"]

/** How often files that are being made are looked at. */
const WATCH_MS = 1_500

export const exportList = (filters: { page?: number | undefined; page_size: number }) =>
  queryOptions({
    queryKey: ["crm", "exports", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/exports/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.results.some(({ status }) => status === "writing") ? WATCH_MS : false),
  })

type Filters<Name extends keyof operations> = operations[Name] extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never

export const saveOrders = (query: Filters<"crm_exports_orders">, body: FileChoice) =>
  save(api.POST("/api/v1/crm/exports/orders/", { params: { query }, body, parseAs: "blob" }))

export const saveOrderLines = (query: Filters<"crm_exports_order_lines">, body: FileChoice) =>
  save(api.POST("/api/v1/crm/exports/order-lines/", { params: { query }, body, parseAs: "blob" }))

export const saveCustomers = (query: Filters<"crm_exports_customers">, body: FileChoice) =>
  save(api.POST("/api/v1/crm/exports/customers/", { params: { query }, body, parseAs: "blob" }))

export const saveGoods = (query: Filters<"crm_exports_goods">, body: FileChoice) =>
  save(api.POST("/api/v1/crm/exports/goods/", { params: { query }, body, parseAs: "blob" }))

export const saveAttendees = (event_id: number, query: Filters<"crm_exports_attendees">, body: FileChoice) =>
  save(api.POST("/api/v1/crm/exports/attendees/{event_id}/", { params: { path: { event_id }, query }, body, parseAs: "blob" }))

/** Fetch a file that was made before. */
export const useDownload = () =>
  useMutation({
    mutationFn: ({ id }: ExportRow) =>
      save(api.GET("/api/v1/crm/exports/{export_id}/file/", { params: { path: { export_id: id } }, parseAs: "blob" })),
  })

/** Hand a file to the browser; true where the answer is that the worker makes it. */
async function save(call: Promise<{ data?: unknown; error?: unknown; response: Response }>): Promise<boolean> {
  const file = await unwrap(call)
  const { response } = await call
  if (response.status === 202) return true
  saveFile(file as Blob, /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "delux")
  return false
}
