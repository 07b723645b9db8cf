import { Button, NativeSelect, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { SearchX, SlidersHorizontal } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { productList, type ProductSearch } from "@/features/market/api/products"
import { ActiveProductFilters } from "@/features/market/components/active-product-filters"
import { ProductGrid, ProductGridSkeleton } from "@/features/market/components/product-card"
import { ProductFilters } from "@/features/market/components/product-filters"
import { useMarket } from "@/lib/market"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"
import { Sheet } from "@/ui/sheet"
import { CatalogueResults, PAGE_SIZE } from "./catalogue-results"
import classes from "./catalogue.module.css"

const route = getRouteApi("/storefront/shop")

export function ShopPage() {
  const { t } = useTranslation(["market", "common"])
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [filtersOpen, setFiltersOpen] = useState(false)
  const market = useMarket()
  const query = useQuery({
    ...productList({ ...search, market, page_size: PAGE_SIZE }),
    placeholderData: (before) => before, // the counts stay in place while a filter is applied
  })

  const change = (part: Partial<ProductSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })
  const clear = () => void navigate({ search: ({ ordering }) => ({ ordering }), resetScroll: false })
  const { data } = query
  const filters = <ProductFilters search={search} facets={data?.facets} onChange={change} />

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
          <ActiveProductFilters
            search={search}
            facets={data?.facets}
            seller={data?.results[0]?.organizer.display_name}
            onChange={change}
            onClear={clear}
          />
          <p className={classes.count} aria-live="polite">
            {data && t("found", { count: data.count })}
          </p>
          <CatalogueResults
            query={query}
            page={search.page}
            onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
            skeleton={<ProductGridSkeleton />}
            empty={
              <EmptyState
                title={t("empty.title")}
                icon={<SearchX size={22} />}
                action={<Button onClick={clear}>{t("empty.action")}</Button>}
              >
                {t("empty.text")}
              </EmptyState>
            }
          >
            {(products) => <ProductGrid products={products} priority={4} />}
          </CatalogueResults>
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
