import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { upload } from "@/api/upload"
import { saveFile } from "@/lib/save-file"

export type TableImport = components["schemas"]["TableImportOutput"]
export type TableImportRow = components["schemas"]["TableImportRowOutput"]
/** What a table is of; each kind has its own address. */
export type ImportKind = "goods" | "customers"

/** How often a table at work is looked at. */
const WATCH_MS = 1_500

export const isAtWork = ({ status }: TableImportRow) => status === "checking" || status === "applying"

export const importList = (kind: ImportKind, filters: { page?: number | undefined; page_size: number }) =>
  queryOptions({
    queryKey: ["crm", "imports", kind, filters],
    queryFn: ({ signal }) => {
      const wish = { params: { query: filters }, signal }
      return unwrap(kind === "goods" ? api.GET("/api/v1/crm/goods-imports/", wish) : api.GET("/api/v1/crm/customer-imports/", wish))
    },
    placeholderData: keepPreviousData,
  })

export const tableImport = (kind: ImportKind, id: number) =>
  queryOptions({
    queryKey: ["crm", "import", kind, id],
    queryFn: ({ signal }) =>
      unwrap(
        kind === "goods"
          ? api.GET("/api/v1/crm/goods-imports/{import_id}/", { params: { path: { import_id: id } }, signal })
          : api.GET("/api/v1/crm/customer-imports/{customer_import_id}/", { params: { path: { customer_import_id: id } }, signal }),
      ),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? WATCH_MS : false),
  })

export function useSendTable(kind: ImportKind) {
  const keep = useKeep(kind)
  const address = kind === "goods" ? "/api/v1/crm/goods-imports/" : "/api/v1/crm/customer-imports/"
  return useMutation({ mutationFn: (file: File) => upload<TableImport>(address, file), onSuccess: keep })
}

export function useConfirmImport(kind: ImportKind, id: number) {
  const keep = useKeep(kind)
  return useMutation({
    mutationFn: (skip_bad: boolean) =>
      unwrap(
        kind === "goods"
          ? api.POST("/api/v1/crm/goods-imports/{import_id}/confirm/", { params: { path: { import_id: id } }, body: { skip_bad } })
          : api.POST("/api/v1/crm/customer-imports/{customer_import_id}/confirm/", {
              params: { path: { customer_import_id: id } },
              body: { skip_bad },
            }),
      ),
    onSuccess: keep,
  })
}

/** The empty table to fill in. */
export const useTemplate = (kind: ImportKind) =>
  useMutation({
    mutationFn: async () => {
      const file = await unwrap(
        kind === "goods"
          ? api.GET("/api/v1/crm/goods-imports/template/", { parseAs: "blob" })
          : api.GET("/api/v1/crm/customer-imports/template/", { parseAs: "blob" }),
      )
      saveFile(file as Blob, `delux-${kind}.xlsx`)
    },
  })

function useKeep(kind: ImportKind) {
  const queryClient = useQueryClient()
  return (kept: TableImport) => {
    queryClient.setQueryData(tableImport(kind, kept.id).queryKey, kept)
    void queryClient.invalidateQueries({ queryKey: ["crm", "imports", kind] })
  }
}
