import { keepPrivately, readPrivate } from "@/api/session"
import type { components } from "@/api/schema"

type Ticket = components["schemas"]["TicketDetail"]
type TicketRow = components["schemas"]["TicketOutput"]

/** The person's own tickets on this device, for an entrance without a network. They go with the session. */
interface Kept {
  rows: TicketRow[]
  whole: Ticket[]
}

const name = "tickets"
/** Enough for a season; a ticket with its code is some 12 KB. */
const most = 40

export function keptTicket(id: number): Ticket | undefined {
  return read().whole.find((ticket) => ticket.id === id)
}

export function keptRows(): TicketRow[] {
  return read().rows
}

export function keepTicket(ticket: Ticket): void {
  const { rows, whole } = read()
  keepPrivately(name, { rows, whole: [ticket, ...whole.filter(({ id }) => id !== ticket.id)].slice(0, most) })
}

/** It is somebody else's now: its code admits nobody. */
export function dropTicket(id: number): void {
  const { rows, whole } = read()
  keepPrivately(name, { rows: rows.filter((ticket) => ticket.id !== id), whole: whole.filter((ticket) => ticket.id !== id) })
}

export function keepRows(rows: TicketRow[]): void {
  keepPrivately(name, { ...read(), rows: rows.slice(0, most) })
}

function read(): Kept {
  const kept = readPrivate(name) as Partial<Kept> | null
  return { rows: kept?.rows ?? [], whole: kept?.whole ?? [] }
}
