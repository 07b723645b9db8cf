const YEAR = 365 * 24 * 3600

/** Let the server know a choice too, so that the next page comes as it was chosen, before any script has run. */
export function tellServer(name: string, choice: string): void {
  document.cookie = `${name}=${choice}; path=/; max-age=${YEAR}; samesite=lax`
}
