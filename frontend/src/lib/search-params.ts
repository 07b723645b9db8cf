/**
 * Typed readers for the query part of a URL. A value that makes no sense is dropped, not an error: the link
 * still opens, and the shell says that part of it was ignored.
 */
export type Reader<T> = (raw: unknown) => T | undefined

export const text = (maxLength = 200): Reader<string> => (raw) =>
  typeof raw === "string" && raw.trim() !== "" ? raw.slice(0, maxLength) : undefined

/** The part of an address that names a thing. */
export const slug = (maxLength = 80): Reader<string> => (raw) =>
  typeof raw === "string" && raw.length <= maxLength && /^[\w-]+$/.test(raw) ? raw : undefined

export const integer = ({ min = 0, max = Number.MAX_SAFE_INTEGER } = {}): Reader<number> => (raw) => {
  const value = typeof raw === "string" && raw !== "" ? Number(raw) : raw
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max ? value : undefined
}

export const flag: Reader<true> = (raw) => (raw === true || raw === "true" ? true : undefined)

export const oneOf = <const T extends string>(...allowed: readonly T[]): Reader<T> => (raw) =>
  allowed.find((value) => value === raw)

/** Where a map looks, as `writePlace` writes it: "43.2389_76.9455_12". */
export const place: Reader<string> = (raw) =>
  typeof raw === "string" && /^-?\d{1,2}(\.\d+)?_-?\d{1,3}(\.\d+)?_\d{1,2}$/.test(raw) ? raw : undefined

/** A decimal amount, kept as the string the API takes. */
export const amount: Reader<string> = (raw) =>
  typeof raw === "string" && /^\d{1,10}(\.\d{1,2})?$/.test(raw) ? raw : undefined

/** A calendar day, YYYY-MM-DD, that exists. */
export const day: Reader<string> = (raw) => {
  if (typeof raw !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(raw)) return undefined
  const date = new Date(`${raw}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(raw) ? raw : undefined
}

export const listOf = <T>(read: Reader<T>): Reader<T[]> => (raw) => {
  const values = (Array.isArray(raw) ? raw : [raw]).map(read).filter((value) => value !== undefined)
  return values.length > 0 ? values : undefined
}

type Readers = Record<string, Reader<unknown>>
type Values<R extends Readers> = { [K in keyof R]?: Exclude<ReturnType<R[K]>, undefined> }

const ignored = new Set<string>()

/**
 * For `validateSearch` of a route: keep what the readers understand, remember the names of what they do not.
 * Of two bounds that leave nothing between them (`ranges`: days, or amounts), the upper one is left out.
 */
export function searchParams<R extends Readers>(
  readers: R,
  ranges: [low: keyof R & string, high: keyof R & string][] = [],
): (raw: Record<string, unknown>) => Values<R> {
  return (raw) => {
    const values: Record<string, unknown> = {}
    for (const [name, read] of Object.entries(readers)) {
      if (raw[name] === undefined) continue
      const value = read(raw[name])
      if (value === undefined) ignored.add(name)
      values[name] = value // said even when undefined: a name that is absent keeps what the address says
    }
    for (const [low, high] of ranges) {
      if (values[low] === undefined || values[high] === undefined || !isAbove(values[low], values[high])) continue
      values[high] = undefined
      ignored.add(high)
    }
    return values as Values<R>
  }
}

function isAbove(low: unknown, high: unknown): boolean {
  // Days sort as they are written; amounts do not.
  return amount(low) && amount(high) ? Number(low) > Number(high) : String(low) > String(high)
}

/** Return the names dropped since the last call, for one notice. */
export function takeIgnoredParams(): string[] {
  const names = [...ignored]
  ignored.clear()
  return names
}

/** `?size=42&size=43&q=trail`: flat, readable and the same as the API's own parameters. */
export function parseSearch(search: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    const known = values[name]
    values[name] = known === undefined ? value : [known, value].flat()
  }
  return values
}

export function stringifySearch(values: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, String(one))
    }
  }
  const search = query.toString()
  return search && `?${search}`
}
