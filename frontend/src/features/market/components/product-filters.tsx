import { Checkbox } from "@mantine/core"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { FilterLine } from "@/ui/filter-line"
import type { Facets, ProductSearch } from "../api/products"
import classes from "./product-filters.module.css"

interface Props {
  search: ProductSearch
  /** Counts beside each choice; absent while they load. */
  facets?: Facets
  onChange: (change: Partial<ProductSearch>) => void
}

export function ProductFilters({ search, facets, onChange }: Props) {
  const { t } = useTranslation("market")
  return (
    <div className={classes.filters}>
      <CategoryChoice facets={facets} chosen={search.category} onChoose={(category) => onChange({ category })} />
      <Checkbox
        label={t("filters.inStock")}
        checked={search.in_stock ?? false}
        onChange={(event) => onChange({ in_stock: event.target.checked ? true : undefined })}
      />
      <Group title={t("filters.price")}>
        <div className={classes.prices}>
          <FilterLine
            isAmount
            label={t("filters.from")}
            placeholder={facets?.price?.min.replace(/\..*/, "")}
            value={search.price_min}
            onSettle={(price_min) => onChange({ price_min })}
          />
          <FilterLine
            isAmount
            label={t("filters.to")}
            placeholder={facets?.price?.max.replace(/\..*/, "")}
            value={search.price_max}
            onSettle={(price_max) => onChange({ price_max })}
          />
        </div>
      </Group>
      <Choices
        title={t("filters.brand")}
        options={facets?.brands.map(({ slug, name, count }) => ({ value: slug, name, count }))}
        chosen={search.brand}
        onChoose={(brand) => onChange({ brand })}
      />
      <Choices
        title={t("filters.size")}
        options={facets?.sizes.map(({ value, count }) => ({ value, name: value, count }))}
        chosen={search.size}
        onChoose={(size) => onChange({ size })}
      />
      <Choices
        title={t("filters.colour")}
        options={facets?.colours.map(({ value, count }) => ({ value, name: value, count }))}
        chosen={search.colour}
        onChoose={(colour) => onChange({ colour })}
      />
    </div>
  )
}

interface CategoryProps {
  facets?: Facets
  chosen?: string
  onChoose: (slug: string | undefined) => void
}

/** The shelves as a tree, opened where the reader stands. */
function CategoryChoice({ facets, chosen, onChoose }: CategoryProps) {
  const { t } = useTranslation("market")
  const rows = facets?.categories ?? []
  const top = rows.filter((row) => row.parent === null)
  const branch = rows.find((row) => row.slug === chosen)?.parent ?? chosen
  const row = (slug: string | undefined, name: string, count?: number, nested = false) => (
    <li key={slug ?? "all"}>
      <button
        type="button"
        className={classes.shelf}
        data-nested={nested || undefined}
        aria-current={chosen === slug}
        onClick={() => onChoose(slug)}
      >
        <span>{name}</span>
        {count !== undefined && <span className={classes.count}>{count}</span>}
      </button>
    </li>
  )
  return (
    <Group title={t("filters.category")}>
      <ul className={classes.shelves}>
        {row(undefined, t("filters.all"))}
        {top.flatMap((shelf) => [
          row(shelf.slug, shelf.name, shelf.count),
          ...(branch === shelf.slug
            ? rows.filter((child) => child.parent === shelf.slug).map((child) => row(child.slug, child.name, child.count, true))
            : []),
        ])}
      </ul>
    </Group>
  )
}

interface ChoicesProps {
  title: string
  options?: { value: string; name: string; count: number }[]
  chosen?: string[]
  onChoose: (values: string[] | undefined) => void
}

const none: string[] = []

function Choices({ title, options, chosen = none, onChoose }: ChoicesProps) {
  if (!options?.length) return null
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]
    onChoose(next.length > 0 ? next : undefined)
  }
  return (
    <Group title={title}>
      <div className={classes.choices}>
        {options.map(({ value, name, count }) => (
          <button
            key={value}
            type="button"
            className={classes.choice}
            aria-pressed={chosen.includes(value)}
            onClick={() => toggle(value)}
          >
            {name} <span className={classes.count}>{count}</span>
          </button>
        ))}
      </div>
    </Group>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}
