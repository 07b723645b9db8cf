import type { Dashboard } from "./api/dashboard"

type Day = Dashboard["days"][number]

/** How much more than before, as a share: 0.25 for a quarter more. Null where there was nothing to compare with. */
export function changeSince(before: string | number, now: string | number): number | null {
  const base = Number(before)
  return base === 0 ? null : (Number(now) - base) / base
}

/** The day that brought most, the earliest of equals; undefined when no day brought anything. */
export function bestDay(days: Day[]): Day | undefined {
  const best = days.reduce<Day | undefined>((top, day) => (top && Number(top.revenue) >= Number(day.revenue) ? top : day), undefined)
  return best && Number(best.revenue) > 0 ? best : undefined
}

export type Finding = "quiet" | "first" | "grew" | "fell" | "held"

/** What the takings say in one word; within five per cent they held. */
export function findingOf({ previous, totals }: Pick<Dashboard, "previous" | "totals">): Finding {
  if (Number(totals.revenue) <= 0) return "quiet"
  const change = changeSince(previous.revenue, totals.revenue)
  if (change === null) return "first"
  return Math.abs(change) < 0.05 ? "held" : change > 0 ? "grew" : "fell"
}
