import type { Order, PartStatus } from "./api/orders"

export interface Step {
  status: PartStatus | "placed" | "paid"
  at: string
  by?: Order["history"][number]["by"]
  reason?: string
}

/**
 * What happened to a part, oldest first: its moves with who made them, and the moments the order itself remembers
 * where no move was written down.
 */
export function stepsOf(order: Order): Step[] {
  const moves = order.history.map(({ to_status, at, by, reason }) => ({ status: to_status as PartStatus, at, by, reason }))
  const told = new Set(moves.map((move) => move.status))
  const moments: Step[] = [
    { status: "placed", at: order.placed_at },
    ...(order.history.some((step) => step.from_status === "waiting") ? [] : [{ status: "paid" as const, at: order.paid_at }]),
  ]
  for (const status of ["shipped", "completed", "canceled"] as const) {
    const at = order[`${status}_at`]
    if (at && !told.has(status)) moments.push({ status, at })
  }
  return [...moments, ...moves].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}
