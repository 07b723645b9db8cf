import { useTranslation } from "react-i18next"
import { currencyOf, useMarket } from "@/lib/market"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { ActiveFilters, type ActiveFilter } from "@/ui/active-filters"
import type { Facets, ProductSearch } from "../api/products"

interface Props {
  search: ProductSearch
  facets?: Facets
  /** Whose goods these are, where the list is of one seller. */
  seller?: string
  onChange: (change: Partial<ProductSearch>) => void
  onClear: () => void
}

export function ActiveProductFilters({ search, facets, seller, onChange, onClear }: Props) {
  const { t } = useTranslation(["market", "common"])
  const language = useLanguage()
  const currency = currencyOf[useMarket()]
  const price = (value: string) => formatMoney(value, currency, language)

  const one = (key: keyof ProductSearch, label: string | false | undefined): ActiveFilter[] =>
    label ? [{ key, label, onRemove: () => onChange({ [key]: undefined }) }] : []
  const several = (key: "brand" | "size" | "colour", label: (value: string) => string): ActiveFilter[] =>
    (search[key] ?? []).map((value, _place, chosen) => ({
      key: `${key} ${value}`,
      label: label(value),
      onRemove: () => onChange({ [key]: chosen.length > 1 ? chosen.filter((other) => other !== value) : undefined }),
    }))

  return (
    <ActiveFilters
      filters={[
        ...one("q", search.q && t("common:activeFilters.words", { q: search.q })),
        ...one("category", search.category && nameOf(facets?.categories, search.category)),
        ...one("in_stock", search.in_stock && t("filters.inStock")),
        ...one("price_min", search.price_min && t("common:activeFilters.priceMin", { price: price(search.price_min) })),
        ...one("price_max", search.price_max && t("common:activeFilters.priceMax", { price: price(search.price_max) })),
        ...several("brand", (value) => nameOf(facets?.brands, value)),
        ...several("size", (value) => `${t("filters.size")}: ${value}`),
        ...several("colour", (value) => value),
        ...one("organizer", search.organizer && t("common:activeFilters.organizer", { name: seller ?? search.organizer })),
      ]}
      onClear={onClear}
    />
  )
}

function nameOf(rows: { slug: string; name: string }[] | undefined, slug: string): string {
  return rows?.find((row) => row.slug === slug)?.name ?? slug
}
