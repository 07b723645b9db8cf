/** Group a card's digits by four as they are typed. */
export function spacedCard(typed: string): string {
  return (typed.replace(/\D/g, "").slice(0, 19).match(/.{1,4}/g) ?? []).join(" ")
}

/** "1230", "12/30" and "1/30" all become "12 / 30" as they are typed. */
export function spacedExpiry(typed: string): string {
  const [, alone] = /^\s*([1-9])\s*\//.exec(typed) ?? []
  const digits = (alone ? `0${typed}` : typed).replace(/\D/g, "").slice(0, 4)
  const padded = /^[2-9]/.test(digits) ? `0${digits}`.slice(0, 4) : digits
  return padded.length > 2 ? `${padded.slice(0, 2)} / ${padded.slice(2)}` : padded
}

/** Read "12 / 30" as December 2030; null when it is no month. */
export function readExpiry(shown: string): { exp_month: number; exp_year: number } | null {
  const [, month = "", year = ""] = /^(\d{2}) \/ (\d{2})$/.exec(shown) ?? []
  const exp_month = Number(month)
  if (month === "" || exp_month < 1 || exp_month > 12) return null
  return { exp_month, exp_year: 2000 + Number(year) }
}
