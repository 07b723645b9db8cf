import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { SlidersHorizontal } from "lucide-react"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { eventCategories, type EventFilters as Filters } from "../api/events"
import classes from "./event-filters.module.css"

/** The filters the page keeps in its address; each change replaces some of them and goes back to page one. */
export type EventSearch = Pick<
  Filters,
  "q" | "sport_type" | "city" | "format" | "date_from" | "date_to" | "price_min" | "price_max" | "ordering"
> & { is_free?: true }

interface Props {
  search: EventSearch
  onChange: (change: Partial<EventSearch>) => void
  /** Where they stand in no order. */
  hideSort?: boolean
}

export function EventFilters({ search, onChange, hideSort = false }: Props) {
  const { t } = useTranslation(["events", "common"])
  const [open, setOpen] = useState(false)
  const panelId = useId()
  const chosen = [search.city, search.format, search.is_free, search.date_from, search.date_to, search.price_max].filter(
    (value) => value !== undefined,
  ).length

  return (
    <section className={classes.filters} aria-label={t("filters.title")}>
      <SportChips chosen={search.sport_type} onChoose={(sport_type) => onChange({ sport_type })} />
      <div className={classes.bar} data-alone={hideSort || undefined}>
        <Line
          type="search"
          label={t("filters.search")}
          placeholder={t("filters.searchHint")}
          value={search.q}
          onSettle={(q) => onChange({ q })}
          className={classes.words}
        />
        <Button
          className={classes.toggle}
          leftSection={<SlidersHorizontal size={18} aria-hidden />}
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => setOpen(!open)}
        >
          {chosen ? t("filters.chosen", { count: chosen }) : t("filters.more")}
        </Button>
        {!hideSort && (
          <NativeSelect
            label={t("filters.sort")}
            value={search.ordering ?? "start"}
            onChange={(event) => onChange({ ordering: event.target.value as EventSearch["ordering"] })}
            data={(["start", "price", "-price", "newest"] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
          />
        )}
      </div>
      <div id={panelId} className={classes.panel} data-open={open}>
        <Line label={t("filters.city")} value={search.city} onSettle={(city) => onChange({ city })} autoComplete="address-level2" />
        <NativeSelect
          label={t("filters.format")}
          value={search.format ?? ""}
          onChange={(event) => onChange({ format: (event.target.value || undefined) as EventSearch["format"] })}
          data={[
            { value: "", label: t("filters.any") },
            { value: "offline", label: t("filters.offline") },
            { value: "online", label: t("online") },
          ]}
        />
        <Line type="date" label={t("filters.from")} value={search.date_from} onSettle={(date_from) => onChange({ date_from })} />
        <Line type="date" label={t("filters.to")} value={search.date_to} onSettle={(date_to) => onChange({ date_to })} />
        <Line
          inputMode="numeric"
          label={t("filters.priceMax")}
          value={search.price_max}
          onSettle={(price) => onChange({ price_max: price?.match(/^\d{1,10}$/) ? price : undefined })}
        />
        <Checkbox
          label={t("filters.free")}
          checked={search.is_free ?? false}
          onChange={(event) => onChange({ is_free: event.target.checked ? true : undefined })}
          className={classes.free}
        />
      </div>
    </section>
  )
}

export function SportChips({ chosen, onChoose }: { chosen?: string; onChoose: (slug: string | undefined) => void }) {
  const { t } = useTranslation("events")
  const { data = [] } = useQuery(eventCategories())
  return (
    <div className={classes.chips} role="group" aria-label={t("filters.sport")}>
      {[{ slug: undefined, name: t("filters.allSports") }, ...data].map(({ slug, name }) => (
        <button
          key={slug ?? "all"}
          type="button"
          className={classes.chip}
          aria-pressed={chosen === slug}
          onClick={() => onChoose(slug)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

interface LineProps {
  label: string
  value?: string
  onSettle: (value: string | undefined) => void
  type?: "search" | "date" | "text"
  inputMode?: "numeric"
  placeholder?: string
  autoComplete?: string
  className?: string
}

/** A field that speaks when its text is settled (Enter, or leaving it), so that typing does not ask the server. */
function Line({ value = "", onSettle, type = "text", ...rest }: LineProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const settle = (text: string) => {
    setDraft(null)
    if (text.trim() !== value) onSettle(text.trim() || undefined)
  }
  return (
    <TextInput
      {...rest}
      type={type}
      value={draft ?? value}
      onChange={(event) => (type === "date" ? settle(event.target.value) : setDraft(event.target.value))}
      onBlur={(event) => settle(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && settle(event.currentTarget.value)}
    />
  )
}
