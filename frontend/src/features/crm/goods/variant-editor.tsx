import { Button, Checkbox, TagsInput } from "@mantine/core"
import { useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { FormProblem } from "@/ui/form"
import { UnsavedGuard } from "@/ui/unsaved-guard"
import { Panel } from "../components/panel"
import { useDeleteVariant, useSaveVariants, type Product } from "./api"
import { VariantBulk } from "./variant-bulk"
import classes from "./variant-editor.module.css"
import { VariantLine } from "./variant-line"
import {
  changedRows,
  changeRows,
  fillMatrix,
  optionsOf,
  placeProblems,
  seeAnew,
  skuPrefix,
  toInput,
  toRow,
  unreadable,
  type BulkChange,
  type Row,
  type RowProblems,
} from "./variant-rows"

const MOST_OPTIONS = 40
const tags = { input: classes.tags, pill: classes.tag }

/** The table of what is sold: sizes × colours, each with its article number, price and stock. */
export function VariantEditor({ product }: { product: Product }) {
  const { t } = useTranslation(["goods", "common"])
  const loaded = product.variants
  const [rows, setRows] = useState<Row[]>(() => startRows(product))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problems, setProblems] = useState<ReadonlyMap<string, RowProblems>>(new Map())
  const save = useSaveVariants(product.id)
  const remove = useDeleteVariant(product.id)
  const list = useRef<HTMLDivElement>(null)
  const { sizes, colours } = optionsOf(rows)
  const changed = changedRows(rows, loaded)

  const short = { stock_changed: t("variants.wrong.changed"), stock_below_held: t("variants.wrong.held") }
  const focusProblem = () =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus())

  function refuse(found: ReadonlyMap<string, RowProblems>) {
    setProblems(found)
    focusProblem()
  }

  function change(key: string, part: Partial<Row>) {
    setRows((old) => old.map((row) => (row.key === key ? { ...row, ...part } : row)))
    // What is being mended is no longer at fault; the server has the last word again on saving.
    setProblems((old) => new Map([...old].filter(([other]) => other !== key)))
  }

  const reshape = (nextSizes: string[], nextColours: string[]) =>
    setRows((old) => fillMatrix(old, nextSizes, nextColours, skuPrefix(old, product.slug)))

  function submit() {
    const wrong = new Map<string, RowProblems>()
    for (const row of changed) {
      const fields = unreadable(row)
      if (fields.length > 0) wrong.set(row.key, Object.fromEntries(fields.map((name) => [name, t(`variants.wrong.${name}`)])))
    }
    if (wrong.size > 0) return refuse(wrong)
    setProblems(new Map())
    save.mutate(changed.map(toInput), {
      onSuccess: (variants) => {
        setRows(variants.map(toRow))
        setChosen(new Set())
      },
      onError: (error) => {
        if (!(error instanceof ApiError)) return
        if (error.code === "stock_changed") setRows((old) => seeAnew(old, freshFigures(error)))
        refuse(placeProblems(error.fields, changed, short).byRow)
      },
    })
  }

  function drop(row: Row) {
    setRows((old) => old.filter((other) => other.key !== row.key))
    if (row.id !== undefined) remove.mutate(row.id, { onError: () => setRows((old) => [...old, row]) })
  }

  const toggle = (key: string) => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    setChosen(next)
  }
  const all = rows.length > 0 && chosen.size === rows.length

  return (
    <Panel title={t("variants.title")} aside={<span className={classes.count}>{t("variants.count", { count: rows.filter((row) => row.active).length })}</span>}>
      <UnsavedGuard unsaved={changed.length > 0 && loaded.length > 0} />
      <div className={classes.options}>
        <TagsInput
          label={t("variants.sizes")}
          description={t("variants.sizesHint")}
          value={sizes}
          maxTags={MOST_OPTIONS}
          classNames={tags}
          splitChars={[",", ";"]}
          onChange={(next) => reshape(next.map((name) => name.slice(0, 20)), colours)}
        />
        <TagsInput
          label={t("variants.colours")}
          description={t("variants.coloursHint")}
          value={colours}
          maxTags={MOST_OPTIONS}
          classNames={tags}
          splitChars={[",", ";"]}
          onChange={(next) => reshape(sizes, next.map((name) => name.slice(0, 40)))}
        />
      </div>
      <FormProblem error={save.error ?? remove.error} />
      {rows.length > 1 && (
        <div className={classes.choose}>
          <Checkbox
            label={chosen.size > 0 ? t("variants.chosen", { count: chosen.size }) : t("variants.chooseAll")}
            checked={all}
            indeterminate={chosen.size > 0 && !all}
            onChange={() => setChosen(all ? new Set() : new Set(rows.map((row) => row.key)))}
          />
          {chosen.size > 0 && (
            <VariantBulk
              onApply={(bulk: BulkChange) => {
                setRows((old) => changeRows(old, chosen, bulk))
                setProblems(new Map())
              }}
            />
          )}
        </div>
      )}
      <div ref={list} className={classes.rows}>
        {rows.map((row) => (
          <VariantLine
            key={row.key}
            row={row}
            currency={product.currency}
            problems={problems.get(row.key)}
            chosen={rows.length > 1 ? chosen.has(row.key) : undefined}
            onChoose={() => toggle(row.key)}
            onChange={(part) => change(row.key, part)}
            onRemove={rows.length > 1 && (row.id === undefined || (!row.active && row.sold === 0)) ? () => drop(row) : undefined}
          />
        ))}
      </div>
      <div className={classes.end}>
        <Button variant={changed.length > 0 ? "primary" : "default"} disabled={changed.length === 0} loading={save.isPending} onClick={submit}>
          {changed.length > 0 ? t("variants.save", { count: changed.length }) : t("variants.saveNone")}
        </Button>
        {changed.length > 0 && loaded.length > 0 && (
          <Button
            variant="quiet"
            onClick={() => {
              setRows(loaded.map(toRow))
              setProblems(new Map())
              save.reset()
            }}
          >
            {t("variants.undo")}
          </Button>
        )}
        <span role="status" className={classes.saved}>
          {save.isSuccess && changed.length === 0 && t("saved")}
        </span>
      </div>
    </Panel>
  )
}

/** A product without variants begins with one row to fill in. */
function startRows({ variants, slug }: Product): Row[] {
  return variants.length > 0 ? variants.map(toRow) : fillMatrix([], [], [], skuPrefix([], slug))
}

function freshFigures(error: ApiError) {
  return (error.problem.variants ?? []) as { id: number; stock_quantity: number; held_quantity: number }[]
}
