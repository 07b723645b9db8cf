import { Button } from "@mantine/core"
import { Search, X } from "lucide-react"
import { useTranslation } from "react-i18next"
import type { OrderFilters as Filters } from "../api/orders"
import { Chips } from "./chips"
import { FilterLine } from "@/ui/filter-line"
import classes from "./filters.module.css"

const STATUSES = [undefined, "open", "packed", "shipped", "completed", "canceled"] as const

export type OrderSearch = Pick<Filters, "q" | "customer" | "date_from" | "date_to"> & { status?: (typeof STATUSES)[number] }

interface Props {
  search: OrderSearch
  onChange: (change: Partial<OrderSearch>) => void
}

export function OrderFilters({ search, onChange }: Props) {
  const { t } = useTranslation("crm")
  return (
    <section className={classes.filters} aria-label={t("orders.filters")}>
      <Chips
        label={t("orders.status")}
        options={STATUSES.map((value) => ({ value, label: value ? t(`status.${value}`) : t("orders.any") }))}
        chosen={search.status}
        onChoose={(status) => onChange({ status })}
      />
      {search.customer && (
        <Button size="xs" className={classes.one} rightSection={<X size={16} aria-hidden />} onClick={() => onChange({ customer: undefined })}>
          {t("orders.oneCustomer")}
        </Button>
      )}
      <div className={classes.fields}>
        <FilterLine
          label={t("orders.search")}
          placeholder={t("orders.searchHint")}
          leftSection={<Search size={18} aria-hidden />}
          value={search.q}
          onSettle={(q) => onChange({ q })}
        />
        <FilterLine type="date" label={t("orders.from")} value={search.date_from} onSettle={(date_from) => onChange({ date_from })} />
        <FilterLine type="date" label={t("orders.to")} value={search.date_to} onSettle={(date_to) => onChange({ date_to })} />
      </div>
    </section>
  )
}
