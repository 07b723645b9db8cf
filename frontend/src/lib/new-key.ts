/** A new name for a new intention: a request repeated under it takes effect once. */
export function newKey(): string {
  // Not randomUUID(): it is missing on plain http, where a phone in the same house opens a development server.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
