import { afterEach, expect, it, vi } from "vitest"
import { i18next, changeLanguage, startI18n } from "./i18n"
import { detectLanguage, intlLocales, keepLanguage } from "./language"

afterEach(() => startI18n("en"))

it("follows the browser until the person chooses", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-DE", "ky-KG", "ru"])
  expect(detectLanguage()).toBe("ky")

  keepLanguage("kk")
  expect(detectLanguage()).toBe("kk")
})

it("speaks the language an address names, and none it does not know", () => {
  keepLanguage("kk")
  window.history.replaceState(null, "", "/events?lang=ky")
  expect(detectLanguage()).toBe("ky")

  window.history.replaceState(null, "", "/events?lang=tlh")
  expect(detectLanguage()).toBe("kk")
  window.history.replaceState(null, "", "/")
})

it("speaks English to a browser it cannot follow, and ignores a stored language it does not know", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-DE"])
  localStorage.setItem("delux.language", "tlh")
  expect(detectLanguage()).toBe("en")
})

it("changes the texts, the document and the memory together", async () => {
  await changeLanguage("ru")

  expect(i18next.t("nav.basketWithCount", { count: 3 })).toBe("Корзина, 3 вещи")
  expect(document.documentElement.lang).toBe("ru")
  expect(localStorage.getItem("delux.language")).toBe("ru")
  expect(document.cookie).toContain("delux.language=ru")
})

it("lets Kazakh and Kyrgyz fall back to Russian in a browser without their data", () => {
  expect([intlLocales("kk"), intlLocales("ky")]).toEqual(["ru", "ru"])
  expect(intlLocales("en")).toBe("en")
})
