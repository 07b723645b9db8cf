/**
 * What was typed into a form and not sent yet, kept for the tab's lifetime: a reload, or Back and forth, brings it
 * again. Never a card, a code or a password.
 */
const prefix = "delux.draft."

export function keepDraft(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // Without storage it lasts as long as the form is drawn.
  }
}

/** Return what was kept, of whatever shape it is; {} where there is nothing. */
export function readDraft(name: string): Record<string, unknown> {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(prefix + name) ?? "{}")
    return typeof draft === "object" && draft !== null ? (draft as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** What was typed has been sent, or belongs to somebody who has left. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
  } catch {
    // Without storage nothing was kept.
  }
}
