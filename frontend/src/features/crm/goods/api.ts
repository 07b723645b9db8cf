import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type ProductFilters = NonNullable<operations["crm_products_list"]["parameters"]["query"]>
export type ProductRow = components["schemas"]["CrmProductRowOutput"]
export type Product = components["schemas"]["CrmProductOutput"]
export type Variant = components["schemas"]["CrmVariantOutput"]
export type ProductImage = components["schemas"]["ProductImageOutput"]
/** The generated types call fields with a default required; what is left out takes it, or stays. */
export type ProductChange = Partial<components["schemas"]["PatchedProductPatchInputRequest"]>
export type NewProduct = Pick<components["schemas"]["ProductInputRequest"], "title" | "category"> & ProductChange
export type VariantRow = components["schemas"]["VariantRowInputRequest"]
export type Shelf = components["schemas"]["CategoryNode"]

export const productList = (filters: ProductFilters) =>
  queryOptions({
    queryKey: ["crm", "products", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/products/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const product = (product_id: number) =>
  queryOptions({
    queryKey: ["crm", "product", product_id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/products/{product_id}/", { params: { path: { product_id } }, signal })),
  })

/** The shelves of the shop; only staff change them. */
export const shelves = () =>
  queryOptions({
    queryKey: ["crm", "shelves"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/categories/", { signal })),
    staleTime: 10 * 60_000,
  })

/** What every change of goods touches: the lists, the low stock of the dashboard, and the page of the shop. */
function useRefreshGoods() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [["crm", "products"], ["crm", "dashboard"], ["products"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    )
}

export function useCreateProduct() {
  const refresh = useRefreshGoods()
  return useMutation({
    mutationFn: (body: NewProduct) =>
      unwrap(api.POST("/api/v1/crm/products/", { body: body as components["schemas"]["ProductInputRequest"] })),
    onSuccess: () => void refresh(),
  })
}

export function useUpdateProduct(product_id: number) {
  const queryClient = useQueryClient()
  const refresh = useRefreshGoods()
  return useMutation({
    mutationFn: (body: ProductChange) =>
      unwrap(
        api.PATCH("/api/v1/crm/products/{product_id}/", {
          params: { path: { product_id } },
          body: body as components["schemas"]["PatchedProductPatchInputRequest"],
        }),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(product(product_id).queryKey, changed)
      void refresh()
    },
  })
}

export function useDuplicateProduct(product_id: number) {
  const refresh = useRefreshGoods()
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/crm/products/{product_id}/duplicate/", { params: { path: { product_id } } })),
    onSuccess: () => void refresh(),
  })
}

export function useDeleteProduct(product_id: number) {
  const refresh = useRefreshGoods()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/crm/products/{product_id}/", { params: { path: { product_id } } })),
    onSuccess: () => void refresh(),
  })
}

/** Save rows of the table at once; the answer is all variants as they are now. */
export function useSaveVariants(product_id: number) {
  const queryClient = useQueryClient()
  const refresh = useRefreshGoods()
  return useMutation({
    mutationFn: (variants: VariantRow[]) =>
      unwrap(api.PUT("/api/v1/crm/products/{product_id}/variants/", { params: { path: { product_id } }, body: { variants } })),
    onSuccess: (variants) => {
      queryClient.setQueryData(product(product_id).queryKey, (old) => old && { ...old, variants })
      void refresh()
    },
    // Sold or changed meanwhile: what is typed is weighed against, and undone to, what is true now.
    onError: () => queryClient.invalidateQueries({ queryKey: product(product_id).queryKey }),
  })
}

export function useDeleteVariant(product_id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (variant_id: number) =>
      unwrap(
        api.DELETE("/api/v1/crm/products/{product_id}/variants/{variant_id}/", { params: { path: { product_id, variant_id } } }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: product(product_id).queryKey }),
  })
}

function useKeepImages(product_id: number) {
  const queryClient = useQueryClient()
  const refresh = useRefreshGoods()
  return (change: (images: ProductImage[]) => ProductImage[]) => {
    queryClient.setQueryData(product(product_id).queryKey, (old) => old && { ...old, images: change(old.images) })
    void refresh()
  }
}

export function useArrangeImages(product_id: number) {
  const queryClient = useQueryClient()
  const keep = useKeepImages(product_id)
  return useMutation({
    mutationFn: (order: number[]) =>
      unwrap(api.PUT("/api/v1/crm/products/{product_id}/images/order/", { params: { path: { product_id } }, body: { order } })),
    onSuccess: (images) => keep(() => images),
    // Somebody else may have changed them: show what there is.
    onError: () => queryClient.invalidateQueries({ queryKey: product(product_id).queryKey }),
  })
}

export function useDescribeImage(product_id: number) {
  const keep = useKeepImages(product_id)
  return useMutation({
    mutationFn: ({ image_id, alt }: { image_id: number; alt: string }) =>
      unwrap(
        api.PATCH("/api/v1/crm/products/{product_id}/images/{image_id}/", {
          params: { path: { product_id, image_id } },
          body: { alt },
        }),
      ),
    onSuccess: (changed) => keep((images) => images.map((image) => (image.id === changed.id ? changed : image))),
  })
}

export function useDeleteImage(product_id: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (image_id: number) =>
      unwrap(api.DELETE("/api/v1/crm/products/{product_id}/images/{image_id}/", { params: { path: { product_id, image_id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["crm", "product", product_id] }),
  })
}
