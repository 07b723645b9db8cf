import { useSyncExternalStore } from "react"
import { tellServer } from "./tell-server"

/** The countries Delux sells in. Each has one currency, and a basket holds one currency. */
export const markets = ["KZ", "KG", "US"] as const
export type Market = (typeof markets)[number]

export const currencyOf: Record<Market, string> = { KZ: "KZT", KG: "KGS", US: "USD" }

const key = "delux.market"
const listeners = new Set<() => void>()
let market: Market | null = null

/** What the person chose before, else the country their device's clock is set to. */
export function currentMarket(): Market {
  market ??= readChoice() ?? guess(Intl.DateTimeFormat().resolvedOptions().timeZone)
  return market
}

export function changeMarket(next: Market): void {
  market = next
  try {
    localStorage.setItem(key, next)
  } catch {
    // Storage is refused in some private windows: the choice lasts until the tab closes.
  }
  tellServer(key, next)
  for (const listener of listeners) listener()
}

export function useMarket(): Market {
  return useSyncExternalStore(subscribe, currentMarket)
}

export function guess(timeZone: string): Market {
  if (timeZone.startsWith("America/")) return "US"
  return timeZone === "Asia/Bishkek" ? "KG" : "KZ"
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function readChoice(): Market | null {
  try {
    return markets.find((known) => known === localStorage.getItem(key)) ?? null
  } catch {
    return null
  }
}
