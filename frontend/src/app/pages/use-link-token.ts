import { useState } from "react"

/**
 * What a mailed link carries behind its #, which no server is sent. It is taken out of the address at once, so that
 * it stays in no history and no screenshot.
 */
export function useLinkToken(): string {
  const [token] = useState(() => window.location.hash.slice(1))
  if (window.location.hash !== "" && token !== "") {
    window.history.replaceState(window.history.state, "", window.location.pathname)
  }
  return token
}
