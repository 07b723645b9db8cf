import { useSyncExternalStore } from "react"

interface State {
  open: boolean
  /** What was just put in, in words; "" when the person only looks. */
  added: string
}

const closed: State = { open: false, added: "" }
const listeners = new Set<() => void>()
let state = closed

/** Show the basket over the page. */
export function openBasket(added = ""): void {
  set({ open: true, added })
}

export function closeBasket(): void {
  set(closed)
}

export function useBasketSheet(): State {
  return useSyncExternalStore(subscribe, () => state)
}

function set(next: State): void {
  state = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
