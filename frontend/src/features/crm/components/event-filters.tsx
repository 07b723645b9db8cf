import { Search } from "lucide-react"
import { useTranslation } from "react-i18next"
import type { EventFilters as Filters, EventStatus } from "../api/events"
import { Chips } from "./chips"
import { FilterLine } from "@/ui/filter-line"
import classes from "./filters.module.css"

const STATUSES = [undefined, "draft", "published", "finished", "canceled"] as const satisfies (EventStatus | undefined)[]

export type EventSearch = Pick<Filters, "q" | "status">

export function EventFilters({ search, onChange }: { search: EventSearch; onChange: (change: EventSearch) => void }) {
  const { t } = useTranslation("crm")
  return (
    <section className={classes.filters} aria-label={t("orders.filters")}>
      <Chips
        label={t("orders.status")}
        options={STATUSES.map((value) => ({ value, label: value ? t(`eventStatus.${value}`) : t("orders.any") }))}
        chosen={search.status}
        onChoose={(status) => onChange({ status })}
      />
      <div className={classes.fields}>
        <FilterLine
          label={t("orders.search")}
          placeholder={t("events.searchHint")}
          leftSection={<Search size={18} aria-hidden />}
          value={search.q}
          onSettle={(q) => onChange({ q })}
        />
      </div>
    </section>
  )
}
