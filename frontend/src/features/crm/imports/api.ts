import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { upload } from "@/api/upload"
import { saveFile } from "@/lib/save-file"

export type GoodsImport = components["schemas"]["GoodsImportOutput"]
export type GoodsImportRow = components["schemas"]["GoodsImportRowOutput"]

const LIST = ["crm", "goods-imports"] as const
/** How often a table at work is looked at. */
const WATCH_MS = 1_500

export const isAtWork = ({ status }: GoodsImportRow) => status === "checking" || status === "applying"

export const importList = (filters: { page?: number | undefined; page_size: number }) =>
  queryOptions({
    queryKey: [...LIST, filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/goods-imports/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const goodsImport = (import_id: number) =>
  queryOptions({
    queryKey: ["crm", "goods-import", import_id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/goods-imports/{import_id}/", { params: { path: { import_id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? WATCH_MS : false),
  })

export function useSendTable() {
  const keep = useKeep()
  return useMutation({ mutationFn: (file: File) => upload<GoodsImport>("/api/v1/crm/goods-imports/", file), onSuccess: keep })
}

export function useConfirmImport(import_id: number) {
  const keep = useKeep()
  return useMutation({
    mutationFn: (skip_bad: boolean) =>
      unwrap(api.POST("/api/v1/crm/goods-imports/{import_id}/confirm/", { params: { path: { import_id } }, body: { skip_bad } })),
    onSuccess: keep,
  })
}

/** The empty table to fill in. */
export const useTemplate = () =>
  useMutation({
    mutationFn: async () => saveFile((await unwrap(api.GET("/api/v1/crm/goods-imports/template/", { parseAs: "blob" }))) as Blob, "delux-goods.xlsx"),
  })

function useKeep() {
  const queryClient = useQueryClient()
  return (kept: GoodsImport) => {
    queryClient.setQueryData(goodsImport(kept.id).queryKey, kept)
    void queryClient.invalidateQueries({ queryKey: LIST })
  }
}
