import { get, type FieldPath, type FieldValues, type UseFormReturn } from "react-hook-form"
import { ApiError } from "./errors"

/**
 * Put the server's field problems onto a form's fields and focus the first of them.
 *
 * Form fields carry the API's names, so `/shipping_address/city` is the field `shipping_address.city`; those that do
 * not are in `renamed`, by the API's.
 * Returns what has no field to sit on, for the form to show as a whole; null when every problem found its place.
 */
export function showOnForm<T extends FieldValues>(error: unknown, form: UseFormReturn<T>, renamed: Record<string, string> = {}): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error
  const values = form.getValues()
  let placed = 0
  for (const { pointer, code, detail } of error.fields) {
    const sent = fieldName(pointer)
    const name = renamed[sent] ?? sent
    if (name === "" || get(values, name) === undefined) continue
    form.setError(name as FieldPath<T>, { type: code, message: detail }, { shouldFocus: placed === 0 })
    placed += 1
  }
  return placed === error.fields.length ? null : error
}

function fieldName(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".")
}
