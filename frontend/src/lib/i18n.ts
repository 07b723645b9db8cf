import i18next, { type BackendModule, type InitOptions } from "i18next"
import { initReactI18next } from "react-i18next"
import { loadDates } from "./dates"
import { detectLanguage, keepLanguage, type Language } from "./language"
import { messages } from "./messages"

const files = import.meta.glob<{ default: Record<string, unknown> }>("../locales/*/*.json")

/** Loads `locales/<language>/<namespace>.json` as its own chunk, when a screen first asks for it. */
const chunks: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`../locales/${language}/${namespace}.json`]
    if (!load) return done(new Error(`No texts "${namespace}" in "${language}"`), null)
    load().then(
      (file) => done(null, file.default as never),
      (error: Error) => done(error, null),
    )
  },
}

const options: InitOptions = {
  supportedLngs: ["ru", "kk", "ky", "en"],
  // Every language has every key (locales.test.ts), so a second file is never fetched as a fallback.
  fallbackLng: false,
  ns: ["common"],
  defaultNS: "common",
  interpolation: { escapeValue: false },
  returnNull: false,
}

/** Start translation in the detected language; resolves when the common texts are there. */
export async function startI18n(language: Language = detectLanguage()): Promise<void> {
  document.documentElement.lang = language
  await loadDates(language)
  await i18next.use(chunks).use(messages).use(initReactI18next).init({ ...options, lng: language })
}

export async function changeLanguage(language: Language): Promise<void> {
  keepLanguage(language)
  await loadDates(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** For route loaders: fetch the texts beside the data, so the screen does not wait for one after the other. */
export async function loadTexts(...namespaces: string[]): Promise<void> {
  await i18next.loadNamespaces(namespaces)
}

export { i18next }
