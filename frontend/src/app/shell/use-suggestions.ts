import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { eventList, type EventCardData } from "@/features/events/api/events"
import { productList, type ProductCardData } from "@/features/market/api/products"
import { useMarket } from "@/lib/market"

const EACH = 4
/** The API takes no more. */
export const LONGEST_SEARCH = 100
const SHORTEST = 2

export type Suggestion =
  | { kind: "event"; key: string; event: EventCardData }
  | { kind: "product"; key: string; product: ProductCardData }
  | { kind: "all"; key: "all" }

/** A few of each that match the words so far, and the way to all of them. */
export function useSuggestions(words: string) {
  const market = useMarket()
  const enabled = words.length >= SHORTEST
  const filters = { q: words, market, page_size: EACH }
  // A newer word cancels the older question.
  const events = useQuery({ ...eventList(filters), enabled, placeholderData: keepPreviousData })
  const gear = useQuery({ ...productList(filters), enabled, placeholderData: keepPreviousData })
  return {
    enabled,
    isPending: events.isPending || gear.isPending,
    suggestions: enabled ? suggestionsOf(events.data?.results ?? [], gear.data?.results ?? []) : [],
  }
}

export function suggestionsOf(events: EventCardData[], products: ProductCardData[]): Suggestion[] {
  const found: Suggestion[] = [
    ...events.map((event) => ({ kind: "event" as const, key: `event-${event.id}`, event })),
    ...products.map((product) => ({ kind: "product" as const, key: `product-${product.id}`, product })),
  ]
  return found.length > 0 ? [...found, { kind: "all", key: "all" }] : []
}

/** Which one the arrow leads to; -1 is the field itself, so that the words can be had back. */
export function nextActive(active: number, count: number, step: 1 | -1): number {
  const places = count + 1
  return ((active + 1 + step + places) % places) - 1
}
