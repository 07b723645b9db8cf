import { Button, Checkbox, NativeSelect } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { SlidersHorizontal } from "lucide-react"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { FilterLine } from "@/ui/filter-line"
import { eventCategories, type EventFacets, type EventFilters as Filters } from "../api/events"
import classes from "./event-filters.module.css"

/** The filters the page keeps in its address; each change replaces some of them and goes back to page one. */
export type EventSearch = Pick<
  Filters,
  "q" | "sport_type" | "city" | "format" | "date_from" | "date_to" | "price_min" | "price_max" | "organizer" | "ordering"
> & { is_free?: true }

interface Props {
  search: EventSearch
  /** Counts beside each choice; absent while they load. */
  facets?: EventFacets
  onChange: (change: Partial<EventSearch>) => void
  /** Where they stand in no order. */
  hideSort?: boolean
}

export function EventFilters({ search, facets, onChange, hideSort = false }: Props) {
  const { t } = useTranslation(["events", "common"])
  const [open, setOpen] = useState(false)
  const panelId = useId()
  const chosen = [search.city, search.format, search.is_free, search.date_from, search.date_to, search.price_max].filter(
    (value) => value !== undefined,
  ).length
  const inFormat = (format: "online" | "offline") => facets && (facets.formats.find(({ value }) => value === format)?.count ?? 0)

  return (
    <section className={classes.filters} aria-label={t("filters.title")}>
      <SportChips chosen={search.sport_type} facets={facets ?? null} onChoose={(sport_type) => onChange({ sport_type })} />
      <div className={classes.bar} data-alone={hideSort || undefined}>
        <FilterLine
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
        <NativeSelect
          label={t("filters.city")}
          value={search.city ?? ""}
          onChange={(event) => onChange({ city: event.target.value || undefined })}
          data={[{ value: "", label: t("filters.any") }, ...cityOptions(facets, search.city)]}
        />
        <NativeSelect
          label={t("filters.format")}
          value={search.format ?? ""}
          onChange={(event) => onChange({ format: (event.target.value || undefined) as EventSearch["format"] })}
          data={[
            { value: "", label: t("filters.any") },
            { value: "offline", label: counted(t("filters.offline"), inFormat("offline")) },
            { value: "online", label: counted(t("online"), inFormat("online")) },
          ]}
        />
        <FilterLine type="date" label={t("filters.from")} value={search.date_from} onSettle={(date_from) => onChange({ date_from })} />
        <FilterLine type="date" label={t("filters.to")} value={search.date_to} onSettle={(date_to) => onChange({ date_to })} />
        <FilterLine isAmount label={t("filters.priceMax")} value={search.price_max} onSettle={(price_max) => onChange({ price_max })} />
        <Checkbox
          label={counted(t("filters.free"), facets?.free)}
          checked={search.is_free ?? false}
          onChange={(event) => onChange({ is_free: event.target.checked ? true : undefined })}
          className={classes.free}
        />
      </div>
    </section>
  )
}

function counted(label: string, count: number | undefined): string {
  return count === undefined ? label : `${label} (${count})`
}

/** The cities there is something in; the chosen one stays, however it was written in the link. */
function cityOptions(facets: EventFacets | undefined, chosen: string | undefined) {
  const options = (facets?.cities ?? []).map(({ value, count }) => ({
    value: value.toLowerCase() === chosen?.toLowerCase() ? chosen : value,
    label: counted(value, count),
  }))
  return !chosen || options.some(({ value }) => value === chosen) ? options : [{ value: chosen, label: chosen }, ...options]
}

interface SportChipsProps {
  chosen?: string
  /** Counts stand beside the names: null while they are on their way, and keep their room. */
  facets?: EventFacets | null
  onChoose: (slug: string | undefined) => void
}

export function SportChips({ chosen, facets, onChoose }: SportChipsProps) {
  const { t } = useTranslation("events")
  const { data = [] } = useQuery(eventCategories())
  const counts = new Map(facets?.sports.map(({ slug, count }) => [slug, count]))
  return (
    <div className={classes.chips} role="group" aria-label={t("filters.sport")}>
      {[{ slug: undefined, name: t("filters.allSports") }, ...data].map(({ slug, name }) => {
        const count = slug === undefined ? undefined : counts.get(slug)
        return (
          <button
            key={slug ?? "all"}
            type="button"
            className={classes.chip}
            aria-pressed={chosen === slug}
            data-none={count === 0 || undefined}
            onClick={() => onChoose(slug)}
          >
            {name} {facets !== undefined && slug !== undefined && <span className={classes.figure}>{count}</span>}
          </button>
        )
      })}
    </div>
  )
}
