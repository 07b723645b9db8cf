const key = "delux.next"

/** Remember where the person was going while they are away at Google. */
export function keepNext(next: string | undefined): void {
  try {
    if (next) sessionStorage.setItem(key, next)
    else sessionStorage.removeItem(key)
  } catch {
    // Then they arrive at the home page.
  }
}

export function takeNext(): string | undefined {
  try {
    const next = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    return next ?? undefined
  } catch {
    return undefined
  }
}
