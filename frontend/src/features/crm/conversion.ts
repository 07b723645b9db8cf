import type { Dashboard } from "./api/dashboard"

export type Step = "views" | "orders_placed" | "orders_paid"

export const steps: Step[] = ["views", "orders_placed", "orders_paid"]

export type Funnel = Record<Step, number>

/** Which part of the step before came as far as this one; null where nobody could have. */
export function shareOf(funnel: Funnel, step: Step): number | null {
  const before = step === "orders_paid" ? funnel.orders_placed : funnel.views
  return step === "views" || before === 0 ? null : funnel[step] / before
}

/** Which part of the openings became a paid order; null where there were none. */
export function conversion(funnel: Funnel): number | null {
  return funnel.views === 0 ? null : funnel.orders_paid / funnel.views
}

export type ConversionFinding = "unseen" | "unbought" | "first" | "more" | "less" | "same"

/** What the way from an opening to a paid order says in one word; within a tenth of itself it is the same. */
export function conversionFinding({ previous, totals }: Pick<Dashboard, "previous" | "totals">): ConversionFinding {
  const [now, before] = [conversion(totals), conversion(previous)]
  if (now === null) return "unseen"
  if (now === 0) return "unbought"
  if (!before) return "first"
  return Math.abs(now / before - 1) < 0.1 ? "same" : now > before ? "more" : "less"
}
