import { intlLocales } from "./language"

const formats = new Map<string, Intl.NumberFormat>()

/**
 * Write an amount as people of that language write it: "12 000 ₸", "$12.50". Whole amounts lose their zeros.
 *
 * Amounts arrive as decimal strings and are formatted as such, never through a binary fraction.
 */
export function formatMoney(amount: string, currency: string, language: string): string {
  const text = format(language, currency).formatToParts(amount as `${number}`)
  return text.map((part) => (part.type === "currency" ? symbol(part.value, language) : part.value)).join("")
}

/** Multiply a decimal string by a whole quantity, exactly. */
export function timesQuantity(amount: string, quantity: number): string {
  return fromMinor(toMinor(amount) * BigInt(quantity))
}

/** Add decimal strings, exactly. For display only: the totals that count come from the server. */
export function sumMoney(amounts: string[]): string {
  return fromMinor(amounts.reduce((sum, amount) => sum + toMinor(amount), 0n))
}

export function isZero(amount: string): boolean {
  return toMinor(amount) === 0n
}

function toMinor(amount: string): bigint {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? []
  if (whole === undefined) throw new RangeError(`Not an amount: "${amount}"`)
  const minor = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0"))
  return sign ? -minor : minor
}

function fromMinor(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0")
  return `${minor < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function format(language: string, currency: string): Intl.NumberFormat {
  const key = `${language} ${currency}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(intlLocales(language), {
    style: "currency",
    currency,
    // Without it the tenge is written "KZT". In English the som needs its code: "сом 500" reads as nothing.
    currencyDisplay: currency === "KGS" && language === "en" ? "code" : "narrowSymbol",
    trailingZeroDisplay: "stripIfInteger",
  })
  formats.set(key, made)
  return made
}

/** The som's new sign (U+20C0) is in almost no font yet. */
function symbol(sign: string, language: string): string {
  if (sign !== "\u20c0") return sign
  return language === "en" ? "KGS" : "сом"
}
