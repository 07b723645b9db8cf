import { tellServer } from "./tell-server"

/** The languages Delux speaks, each named in itself. */
export const languages = { ru: "Русский", kk: "Қазақша", ky: "Кыргызча", en: "English" } as const

export type Language = keyof typeof languages

const key = "delux.language"

export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && value in languages
}

/**
 * Return the language the address names (a link from a search engine), else what the person chose before, else
 * the first browser language we speak, else English.
 */
export function detectLanguage(): Language {
  const named = new URLSearchParams(window.location.search).get("lang")
  const wanted = [named, readChoice(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())]
  return wanted.find(isLanguage) ?? "en"
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language)
  } catch {
    // Storage is refused in some private windows: the choice lasts until the tab closes.
  }
  tellServer(key, language)
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/**
 * The locale to hand to Intl for figures. Kazakh and Kyrgyz write them as Russian does, and are not asked for: Chromium
 * says that it knows Kazakh and then writes "₸ 3,000".
 */
export function intlLocales(language: string): string {
  return language === "kk" || language === "ky" ? "ru" : language
}
