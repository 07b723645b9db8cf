import type { FieldProblem } from "@/api/errors"
import type { Variant, VariantRow } from "./api"

/** A row of the variants' table while it is edited: amounts and figures as typed. */
export interface Row {
  /** Names the row on the screen; a new one has no id yet. */
  key: string
  id?: number
  sku: string
  size: string
  colour: string
  price: string
  was: string
  stock: string
  /** The stock its writer looks at; undefined for a new row. */
  seen?: number
  held: number
  sold: number
  active: boolean
}

export type RowField = "sku" | "size" | "price" | "was" | "stock"
export type RowProblems = Partial<Record<RowField, string>>

export const toRow = (variant: Variant): Row => ({
  key: `v${variant.id}`,
  id: variant.id,
  sku: variant.sku_code,
  size: variant.size,
  colour: variant.colour,
  price: plainAmount(variant.price),
  was: variant.original_price ? plainAmount(variant.original_price) : "",
  stock: String(variant.stock_quantity),
  seen: variant.stock_quantity,
  held: variant.held_quantity,
  sold: variant.sales_count,
  active: variant.is_active,
})

/** The sizes and colours on sale, in the order of the rows. */
export function optionsOf(rows: Row[]): { sizes: string[]; colours: string[] } {
  const active = rows.filter((row) => row.active)
  return { sizes: distinct(active.map((row) => row.size)), colours: distinct(active.map((row) => row.colour)) }
}

/**
 * Make the rows a whole table of sizes × colours, keeping every row that exists with what is typed in it.
 *
 * A pair nobody sells yet becomes a new row with the price of the first one and no stock. A pair that is no
 * longer wanted goes off sale if it was saved (orders may refer to it) and disappears if it was not.
 */
export function fillMatrix(rows: Row[], sizes: string[], colours: string[], prefix: string): Row[] {
  const wanted = new Map<string, { size: string; colour: string }>()
  for (const size of sizes.length > 0 ? sizes : [""]) {
    for (const colour of colours.length > 0 ? colours : [""]) wanted.set(pair(size, colour), { size, colour })
  }
  const kept: Row[] = []
  const met = new Set<string>()
  // A pair may have an old row off sale beside the one on sale: the one on sale is the pair's row.
  const chosen = new Map<string, Row>()
  for (const row of rows) {
    const known = chosen.get(pair(row.size, row.colour))
    if (!known || (row.active && !known.active)) chosen.set(pair(row.size, row.colour), row)
  }
  for (const row of rows) {
    const name = pair(row.size, row.colour)
    if (chosen.get(name) !== row) kept.push(row)
    else if (wanted.has(name)) {
      met.add(name)
      kept.push(row.active ? row : { ...row, active: true })
    } else if (row.id !== undefined) kept.push({ ...row, active: false })
  }
  const model = rows.find((row) => row.active) ?? rows[0]
  const taken = new Set(kept.map((row) => row.sku.toLowerCase()))
  for (const [name, { size, colour }] of wanted) {
    if (met.has(name)) continue
    const sku = freeSku(prefix, size, colour, taken)
    taken.add(sku.toLowerCase())
    kept.push({ key: `n${name}`, sku, size, colour, price: model?.price ?? "", was: model?.was ?? "", stock: "0", held: 0, sold: 0, active: true })
  }
  return kept
}

export interface BulkChange {
  price?: string
  was?: string
  stock?: { how: "set" | "add"; count: number }
  active?: boolean
}

/** Change the chosen rows alike. Adding to a stock counts from what stands in each row. */
export function changeRows(rows: Row[], chosen: ReadonlySet<string>, { price, was, stock, active }: BulkChange): Row[] {
  return rows.map((row) => {
    if (!chosen.has(row.key)) return row
    const changed = { ...row }
    if (price !== undefined) changed.price = price
    if (was !== undefined) changed.was = was
    if (active !== undefined) changed.active = active
    if (stock) changed.stock = String(Math.max(0, stock.how === "set" ? stock.count : (readCount(row.stock) ?? 0) + stock.count))
    return changed
  })
}

/** The rows that are new, or that say something else than what was loaded. */
export function changedRows(rows: Row[], loaded: Variant[]): Row[] {
  const before = new Map(loaded.map((variant) => [variant.id, toRow(variant)]))
  return rows.filter((row) => {
    const old = row.id === undefined ? undefined : before.get(row.id)
    return (
      !old ||
      old.sku !== row.sku.trim() ||
      old.price !== (readAmount(row.price) ?? row.price) ||
      old.was !== (readAmount(row.was) ?? row.was.trim()) ||
      row.stock.trim() !== String(row.seen) ||
      old.active !== row.active
    )
  })
}

/** What can be seen to be wrong before asking the server: which fields of a row cannot be read. */
export function unreadable(row: Row): RowField[] {
  const wrong: RowField[] = []
  if (row.sku.trim() === "") wrong.push("sku")
  if (readAmount(row.price) === undefined) wrong.push("price")
  if (row.was.trim() !== "" && readAmount(row.was) === undefined) wrong.push("was")
  if (readCount(row.stock) === undefined) wrong.push("stock")
  return wrong
}

export function toInput(row: Row): VariantRow {
  return {
    ...(row.id !== undefined && { id: row.id, stock_seen: row.seen }),
    sku_code: row.sku.trim(),
    size: row.size,
    colour: row.colour,
    price: readAmount(row.price) ?? row.price,
    original_price: row.was.trim() ? (readAmount(row.was) ?? row.was) : null,
    stock_quantity: readCount(row.stock) ?? 0,
    is_active: row.active,
  }
}

/** The figures of a `stock_changed` refusal: what is typed stays, what it is weighed against is the truth of now. */
export function seeAnew(rows: Row[], fresh: { id: number; stock_quantity: number; held_quantity: number }[]): Row[] {
  const now = new Map(fresh.map((variant) => [variant.id, variant]))
  return rows.map((row) => {
    const found = row.id === undefined ? undefined : now.get(row.id)
    return found ? { ...row, seen: found.stock_quantity, held: found.held_quantity } : row
  })
}

const none: Record<string, string> = {}

const FIELDS: Record<string, RowField> = {
  sku_code: "sku",
  size: "size",
  colour: "size",
  price: "price",
  original_price: "was",
  stock_quantity: "stock",
}

/**
 * Put the server's problems (`/variants/2/price`) on the rows that were sent; the rest is returned as words.
 * `short` has words by code for what the form's own notice already says at length.
 */
export function placeProblems(fields: FieldProblem[], sent: Row[], short: Record<string, string> = none): { byRow: Map<string, RowProblems>; rest: string[] } {
  const byRow = new Map<string, RowProblems>()
  const rest: string[] = []
  for (const { pointer, code, detail } of fields) {
    const [, index, name] = /^\/variants\/(\d+)\/(\w+)/.exec(pointer) ?? []
    const row = sent[Number(index)]
    const field = FIELDS[name ?? ""]
    if (row && field) byRow.set(row.key, { ...byRow.get(row.key), [field]: short[code] ?? detail })
    else rest.push(detail)
  }
  return { byRow, rest }
}

/** "12 500,5" as people type it becomes "12500.5"; undefined when it is no amount. */
export function readAmount(text: string): string | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".")
  return /^\d{1,10}(\.\d{1,2})?$/.test(plain) ? plainAmount(plain) : undefined
}

export function readCount(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "")
  return /^\d{1,7}$/.test(plain) && Number(plain) <= 1_000_000 ? Number(plain) : undefined
}

/** "34990.00" as it is typed: "34990". */
const plainAmount = (amount: string) => amount.replace(/\.0+$/, "")

const pair = (size: string, colour: string) => `${size.toLowerCase()}\n${colour.toLowerCase()}`

function distinct(values: string[]): string[] {
  const seen = new Map(values.filter(Boolean).map((value) => [value.toLowerCase(), value]))
  return [...seen.values()]
}

function freeSku(prefix: string, size: string, colour: string, taken: ReadonlySet<string>): string {
  const stem = [prefix, colour, size].filter(Boolean).join("-").toUpperCase().replace(/\s+/g, "-").slice(0, 36)
  for (let next = 1; ; next += 1) {
    const sku = next === 1 ? stem : `${stem}-${next}`
    if (!taken.has(sku.toLowerCase())) return sku
  }
}

/** The first letters of article numbers still to be made: what the present ones share, else the words of the address. */
export function skuPrefix(rows: Row[], slug: string): string {
  const [first] = rows
  if (first) return first.sku.split("-")[0] ?? first.sku
  return slug
    .split("-")
    .map((word) => word.slice(0, 3))
    .slice(0, 2)
    .join("")
}
