import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"
import { addBasketChanges } from "./basket-changes"
import { clearGuestBasket, guestBasket, type GuestLine } from "./guest-basket"
import { newKey } from "@/lib/new-key"

type Basket = components["schemas"]["ChangedBasket"]

const storageKey = "delux.basket.merge"
let merging: Promise<Basket | null> | null = null

/**
 * Hand the lines collected before sign-in over to the person's basket, once, and return that basket;
 * null when there are none. What could not be taken over as it was is kept for the person to read.
 *
 * @throws {ApiError} no answer came: the lines stay, and the next call asks again under the same key
 */
export function mergeGuestBasket(): Promise<Basket | null> {
  merging ??= merge(guestBasket()).finally(() => {
    merging = null
  })
  return merging
}

async function merge(collected: GuestLine[]): Promise<Basket | null> {
  if (collected.length === 0) return null
  const lines = collected.map((line) => {
    const { seen_price: _, ...wanted } = line
    return wanted
  })
  try {
    const basket = await unwrap(
      api.POST("/api/v1/cart/merge/", {
        params: { header: { "Idempotency-Key": keyFor(JSON.stringify(lines)) } },
        body: { lines },
      }),
    )
    forget()
    addBasketChanges(basket.changes)
    return basket
  } catch (error) {
    // Lines the server cannot even read would stand in the way of every basket from now on.
    if (error instanceof ApiError && (error.status === 400 || error.status === 422)) {
      forget()
      return null
    }
    throw error
  }
}

function forget(): void {
  clearGuestBasket()
  try {
    localStorage.removeItem(storageKey)
  } catch {
    // Nothing was kept either.
  }
}

/** The same key for the same lines, across reloads and tabs: they must not be added twice. */
function keyFor(lines: string): string {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "null") as { key: string; lines: string } | null
    if (kept?.lines === lines) return kept.key
    const key = newKey()
    localStorage.setItem(storageKey, JSON.stringify({ key, lines }))
    return key
  } catch {
    return newKey()
  }
}
