import { useSyncExternalStore } from "react"
import type { components } from "@/api/schema"

/** A line that is not in the basket as the person wanted it, and why. */
export type BasketChange = components["schemas"]["DroppedLine"]

const none: BasketChange[] = []
const listeners = new Set<() => void>()
let changes = none

/** Keep what changed on the way into the basket until the person has read it. */
export function addBasketChanges(more: BasketChange[]): void {
  if (more.length > 0) set([...changes, ...more])
}

export function clearBasketChanges(): void {
  set(none)
}

export function useBasketChanges(): BasketChange[] {
  return useSyncExternalStore(subscribe, () => changes)
}

function set(next: BasketChange[]): void {
  changes = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
