import type { i18n, Module } from "i18next"
import { IntlMessageFormat } from "intl-messageformat"
import { intlLocales } from "./language"

type Message = ConstructorParameters<typeof IntlMessageFormat>[0]

const formats = new WeakMap<object, IntlMessageFormat>()

/** Plurals go by the language's own rules, figures are written as `intlLocales` says. */
const formatters = (language: string) => ({
  getNumberFormat: (_: unknown, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(intlLocales(language), options),
  getDateTimeFormat: (_: unknown, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(intlLocales(language), options),
  getPluralRules: (_: unknown, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(language, options),
})

/**
 * Fills the values into messages. They come read already (build/messages.ts): a plain text is itself, anything else
 * is what ICU's parser made of it, one per language.
 */
export const messages = {
  type: "i18nFormat" as const,
  init: (_i18n: i18n) => undefined,
  parse(message: string | object, values: Record<string, never>, language: string): string {
    if (typeof message === "string") return message
    const known = formats.get(message)
    const format = known ?? new IntlMessageFormat(message as Message, language, undefined, { formatters: formatters(language) })
    if (!known) formats.set(message, format)
    return format.format(values) as string
  },
  // Plurals stand inside a message, not in keys of their own.
  addLookupKeys: (keys: string[]) => keys,
} satisfies Module & Record<string, unknown>
