import { NativeSelect } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Search } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Chips } from "../components/chips"
import { FilterLine } from "@/ui/filter-line"
import { shelves } from "./api"
import classes from "./goods-filters.module.css"
import { shelfOptions } from "./shelf-options"

const STATES = ["shown", "hidden", "low"] as const

export interface GoodsSearch {
  q?: string
  category?: string
  state?: (typeof STATES)[number]
}

interface Props {
  search: GoodsSearch
  onChange: (change: GoodsSearch) => void
}

export function GoodsFilters({ search, onChange }: Props) {
  const { t } = useTranslation(["goods", "crm"])
  const { data: tree = [] } = useQuery(shelves())
  return (
    <section className={classes.filters} aria-label={t("crm:orders.filters")}>
      <Chips
        label={t("list.state")}
        options={[undefined, ...STATES].map((value) => ({ value, label: value ? t(`state.${value}`) : t("state.all") }))}
        chosen={search.state}
        onChoose={(state) => onChange({ state })}
      />
      <div className={classes.fields}>
        <FilterLine
          label={t("crm:orders.search")}
          placeholder={t("list.searchHint")}
          leftSection={<Search size={18} aria-hidden />}
          value={search.q}
          onSettle={(q) => onChange({ q })}
        />
        <NativeSelect
          label={t("list.category")}
          value={search.category ?? ""}
          onChange={({ currentTarget: { value } }) => onChange({ category: value || undefined })}
          data={[{ value: "", label: t("list.anyCategory") }, ...shelfOptions(tree)]}
        />
      </div>
    </section>
  )
}
