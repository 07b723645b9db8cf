import { useTranslation } from "react-i18next"
import { formatDate } from "@/lib/dates"
import { currencyOf, useMarket } from "@/lib/market"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { ActiveFilters } from "@/ui/active-filters"
import type { EventFacets } from "../api/events"
import type { EventSearch } from "./event-filters"

interface Props {
  search: EventSearch
  facets?: EventFacets
  /** Whose events these are, where the list is of one organizer. */
  host?: string
  onChange: (change: Partial<EventSearch>) => void
  onClear: () => void
}

export function ActiveEventFilters({ search, facets, host, onChange, onClear }: Props) {
  const { t } = useTranslation(["events", "common"])
  const language = useLanguage()
  const currency = currencyOf[useMarket()]
  const sport = facets?.sports.find(({ slug }) => slug === search.sport_type)?.name ?? search.sport_type
  const day = (value: string) => formatDate(`${value}T00:00:00Z`, "shortDate", language, "UTC")
  const price = (value: string) => formatMoney(value, currency, language)
  const labels: Partial<Record<keyof EventSearch, string | false | undefined>> = {
    q: search.q && t("common:activeFilters.words", { q: search.q }),
    sport_type: sport,
    city: search.city,
    format: search.format && t(search.format === "online" ? "online" : "filters.offline"),
    date_from: search.date_from && t("common:activeFilters.since", { day: day(search.date_from) }),
    date_to: search.date_to && t("common:activeFilters.until", { day: day(search.date_to) }),
    price_min: search.price_min && t("common:activeFilters.priceMin", { price: price(search.price_min) }),
    price_max: search.price_max && t("common:activeFilters.priceMax", { price: price(search.price_max) }),
    is_free: search.is_free && t("filters.free"),
    organizer: search.organizer && t("common:activeFilters.organizer", { name: host ?? search.organizer }),
  }
  return (
    <ActiveFilters
      filters={Object.entries(labels).flatMap(([key, label]) =>
        label ? [{ key, label, onRemove: () => onChange({ [key]: undefined }) }] : [],
      )}
      onClear={onClear}
    />
  )
}
