import { intlLocales } from "./language"

/** Write a share of one, 0.0312, as people read it: "3.1 %", and whole from ten per cent on. */
export function formatShare(share: number, language: string): string {
  const digits = Math.abs(share) < 0.095 && share !== 0 ? 1 : 0
  return new Intl.NumberFormat(intlLocales(language), { style: "percent", maximumFractionDigits: digits }).format(share)
}
