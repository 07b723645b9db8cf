import { X } from "lucide-react"
import { useTranslation } from "react-i18next"
import classes from "./active-filters.module.css"

export interface ActiveFilter {
  key: string
  label: string
  onRemove: () => void
}

/** What narrows the list right now: each can be taken away, and all at once. */
export function ActiveFilters({ filters, onClear }: { filters: ActiveFilter[]; onClear: () => void }) {
  const { t } = useTranslation()
  if (filters.length === 0) return null
  return (
    <div className={classes.line} role="group" aria-label={t("activeFilters.title")}>
      {filters.map(({ key, label, onRemove }) => (
        <button key={key} type="button" className={classes.chip} aria-label={t("activeFilters.remove", { label })} onClick={onRemove}>
          {label}
          <X size={15} aria-hidden />
        </button>
      ))}
      <button type="button" className={classes.clear} onClick={onClear}>
        {t("activeFilters.clear")}
      </button>
    </div>
  )
}
