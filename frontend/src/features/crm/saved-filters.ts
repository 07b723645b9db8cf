export type SavedSearch = Record<string, string | number | undefined>

export interface SavedFilter {
  name: string
  search: SavedSearch
}

export const MOST_SAVED = 12

/** What was kept on the device; whatever else stands there is left out. */
export function readSaved(raw: unknown): SavedFilter[] {
  if (!Array.isArray(raw)) return []
  return raw.filter(isSaved).slice(0, MOST_SAVED)
}

/** The filters with one more; a namesake is replaced where it stands. */
export function withSaved(saved: SavedFilter[], filter: SavedFilter): SavedFilter[] {
  const isNamesake = (other: SavedFilter) => other.name.toLowerCase() === filter.name.toLowerCase()
  return saved.some(isNamesake) ? saved.map((other) => (isNamesake(other) ? filter : other)) : [...saved, filter].slice(-MOST_SAVED)
}

export function sameSearch(one: SavedSearch, other: SavedSearch): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => one[name] === other[name])
}

function isSaved(raw: unknown): raw is SavedFilter {
  const { name, search } = (raw ?? {}) as Partial<SavedFilter>
  return (
    typeof name === "string" &&
    typeof search === "object" &&
    search !== null &&
    Object.values(search).every((value) => typeof value === "string" || typeof value === "number")
  )
}
