const told = new Set<string>()

/**
 * Tell the server that somebody opened the page of an event or a product: once for each while the tab is not loaded
 * anew, and nothing about who. Whether it arrives changes nothing for the person, so nobody waits for it.
 */
export function countView(kind: "event" | "product", id: number): void {
  const page = JSON.stringify({ [kind]: id })
  if (told.has(page)) return
  told.add(page)
  navigator.sendBeacon?.("/api/v1/views/", new Blob([page], { type: "application/json" }))
}
