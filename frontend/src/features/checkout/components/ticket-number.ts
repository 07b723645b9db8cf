/** A ticket's number as people read it to each other. */
export function ticketNumber(id: number): string {
  return `№ ${String(id).padStart(6, "0").replace(/(\d{3})$/, "\u00a0$1")}`
}
