import { useState } from "react"

/**
 * A small thing of this person kept on this device: which columns are shown, which filters have names.
 *
 * `read` makes sense of what was kept, however old, and gives the beginning where there is nothing.
 */
export function useKept<T>(key: string, read: (raw: unknown) => T): [T, (value: T) => void] {
  const [values, setValues] = useState<Record<string, T>>({})
  const value = key in values ? (values[key] as T) : read(fromStorage(key))
  return [
    value,
    (next) => {
      setValues((old) => ({ ...old, [key]: next }))
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Without storage it lasts as long as the page.
      }
    },
  ]
}

function fromStorage(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null")
  } catch {
    return null
  }
}

export const listOfStrings = (raw: unknown): string[] =>
  Array.isArray(raw) ? raw.filter((value): value is string => typeof value === "string") : []
