import { useSyncExternalStore } from "react"
import type { components } from "@/api/schema"

/**
 * What a guest has chosen and how many, with the price they saw, so that a change can be shown. The prices that
 * count come from the server's quote. Merged into the server's basket on sign-in.
 */
export type GuestLine = components["schemas"]["QuoteLineInputRequest"]

const key = "delux.basket"
const none: GuestLine[] = []
const listeners = new Set<() => void>()
let lines: GuestLine[] | null = null

export function guestBasket(): GuestLine[] {
  lines ??= read()
  return lines
}

/** Set how many of one thing the guest wants; zero takes the line out. */
export function setGuestLine(line: GuestLine): void {
  const current = guestBasket()
  const place = current.findIndex((other) => isSame(other, line))
  if (line.quantity < 1) write(current.filter((other) => !isSame(other, line)))
  else write(place < 0 ? [...current, line] : current.with(place, line))
}

export function addToGuestBasket(line: GuestLine): void {
  const known = guestBasket().find((other) => isSame(other, line))
  setGuestLine({ ...line, quantity: line.quantity + (known?.quantity ?? 0) })
}

export function clearGuestBasket(): void {
  write(none)
}

export function guestCount(basket: GuestLine[]): number {
  return basket.reduce((sum, line) => sum + line.quantity, 0)
}

export function useGuestBasket(): GuestLine[] {
  return useSyncExternalStore(subscribe, guestBasket)
}

function isSame(one: GuestLine, other: GuestLine): boolean {
  return one.variant_id === other.variant_id && one.ticket_type_id === other.ticket_type_id
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", followOtherTabs)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener("storage", followOtherTabs)
  }
}

function followOtherTabs(event: StorageEvent): void {
  if (event.key !== key) return
  lines = read()
  for (const listener of listeners) listener()
}

function write(next: GuestLine[]): void {
  lines = next
  try {
    localStorage.setItem(key, JSON.stringify(next))
  } catch {
    // Without storage the basket lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

/** Anything may be under the key by now: keep only what still makes sense. */
function read(): GuestLine[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]")
    return Array.isArray(kept) ? kept.filter(isLine) : none
  } catch {
    return none
  }
}

function isLine(value: unknown): value is GuestLine {
  const { item_type, variant_id, ticket_type_id, quantity } = (value ?? {}) as Partial<GuestLine>
  if (!isCount(quantity)) return false
  return item_type === "ticket" ? isCount(ticket_type_id) : item_type === "product" && isCount(variant_id)
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0
}
