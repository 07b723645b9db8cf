import { Button, NativeSelect, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { SearchX, SlidersHorizontal } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { productList, type ProductSearch } from "@/features/market/api/products"
import { ProductGrid, ProductGridSkeleton } from "@/features/market/components/product-card"
import { ProductFilters } from "@/features/market/components/product-filters"
import { useMarket } from "@/lib/market"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { Sheet } from "@/ui/sheet"
import classes from "./catalogue.module.css"

const PAGE_SIZE = 24
const route = getRouteApi("/storefront/shop")

export function ShopPage() {
  const { t } = useTranslation(["market", "common"])
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [filtersOpen, setFiltersOpen] = useState(false)
  const market = useMarket()
  const { data, error, isPending, refetch } = useQuery({
    ...productList({ ...search, market, page_size: PAGE_SIZE }),
    placeholderData: (before) => before, // the counts stay in place while a filter is applied
  })

  const change = (part: Partial<ProductSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })
  const filters = (
    <ProductFilters search={search} facets={data?.facets} onChange={change} onClear={() => void navigate({ search: {} })} />
  )

  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className={classes.shop}>
        <aside className={classes.aside} aria-label={t("filters.title")}>
          {filters}
        </aside>
        <div className={classes.results}>
          <div className={classes.tools}>
            <form
              role="search"
              className={classes.search}
              onSubmit={(event) => {
                event.preventDefault()
                const words = new FormData(event.currentTarget).get("q")
                change({ q: typeof words === "string" && words.trim() ? words.trim() : undefined })
              }}
            >
              <TextInput
                key={search.q}
                name="q"
                type="search"
                label={t("filters.search")}
                placeholder={t("filters.searchHint")}
                defaultValue={search.q}
              />
            </form>
            <Button
              className={classes.open}
              leftSection={<SlidersHorizontal size={18} aria-hidden />}
              onClick={() => setFiltersOpen(true)}
            >
              {t("filters.open")}
            </Button>
            <NativeSelect
              label={t("filters.sort")}
              value={search.ordering ?? "popular"}
              onChange={(event) => change({ ordering: event.target.value as ProductSearch["ordering"] })}
              data={(["popular", "newest", "price", "-price"] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
            />
          </div>
          <p className={classes.count} aria-live="polite">
            {data && t("found", { count: data.count })}
          </p>
          {isPending ? (
            <ProductGridSkeleton />
          ) : error ? (
            <ErrorState error={error} onRetry={refetch} />
          ) : data.results.length === 0 ? (
            <EmptyState
              title={t("empty.title")}
              icon={<SearchX size={22} />}
              action={<Button onClick={() => void navigate({ search: {} })}>{t("empty.action")}</Button>}
            >
              {t("empty.text")}
            </EmptyState>
          ) : (
            <>
              <ProductGrid products={data.results} priority={4} />
              <Pager
                page={search.page ?? 1}
                count={data.count}
                pageSize={PAGE_SIZE}
                onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
              />
            </>
          )}
        </div>
      </div>
      {filtersOpen && (
        <Sheet
          side="end"
          title={t("filters.title")}
          onClose={() => setFiltersOpen(false)}
          foot={
            <Button variant="primary" onClick={() => setFiltersOpen(false)}>
              {t("filters.close")}
            </Button>
          }
        >
          {filters}
        </Sheet>
      )}
    </div>
  )
}
