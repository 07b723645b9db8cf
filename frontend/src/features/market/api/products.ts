import { queryOptions } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type ProductQuery = NonNullable<operations["products_list"]["parameters"]["query"]>
export type ProductCardData = components["schemas"]["ProductCard"]
export type Product = components["schemas"]["ProductOutput"]
export type Variant = components["schemas"]["VariantOutput"]
export type Facets = components["schemas"]["ProductFacets"]

/** The filters the shop keeps in its address. */
export interface ProductSearch extends Omit<ProductQuery, "brand" | "size" | "colour" | "in_stock"> {
  brand?: string[]
  size?: string[]
  colour?: string[]
  in_stock?: true
}

export const productList = ({ brand, size, colour, ...rest }: ProductSearch) => {
  // The API takes several values of one filter joined by commas.
  const query: ProductQuery = { ...rest, brand: brand?.join(","), size: size?.join(","), colour: colour?.join(",") }
  return queryOptions({
    queryKey: ["products", "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/products/", { params: { query }, signal })),
  })
}

export const productDetail = (ref: string) =>
  queryOptions({
    queryKey: ["products", "detail", ref],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/products/{ref}/", { params: { path: { ref } }, signal })),
  })

export const categoryTree = () =>
  queryOptions({
    queryKey: ["products", "categories"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/categories/", { signal })),
    staleTime: 10 * 60_000,
  })
