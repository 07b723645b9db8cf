import { readFileSync } from "node:fs"
import { Script } from "node:vm"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { guess, markets } from "@/lib/market"
import { detectLanguage, languages } from "@/lib/language"

const script = new Script(readFileSync("src/boot/before-paint.js", "utf8"))
const root = document.documentElement

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }))
})

afterEach(() => {
  root.removeAttribute("data-market")
  root.removeAttribute("data-drawn-for")
})

it.each([
  [null, true, "dark"],
  [null, false, "light"],
  ["auto", true, "dark"],
  ["dark", false, "dark"],
  ["light", true, "light"],
])("with the choice %s and a dark system %s, the first paint is %s", (kept, systemIsDark, scheme) => {
  if (kept !== null) localStorage.setItem("delux.theme", kept)
  vi.stubGlobal("matchMedia", () => ({ matches: systemIsDark }))
  root.removeAttribute("data-mantine-color-scheme")

  script.runInThisContext()

  expect(root.getAttribute("data-mantine-color-scheme")).toBe(scheme)
})

describe("what the server drew", () => {
  const offsets = { "Asia/Almaty": -300, "Asia/Bishkek": -360, "Asia/Dhaka": -360, "America/New_York": 300, "Europe/Berlin": -60 }
  const zones = Object.entries(offsets)
  const places = zones.flatMap(([zone, offset]) => markets.map((market) => ({ zone, offset, market })))

  it.each(places)("for $market is shown in $zone only to those who buy there", ({ zone, offset, market }) => {
    vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(offset)
    vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({ timeZone: zone } as never)
    root.lang = detectLanguage()
    root.dataset.market = market

    script.runInThisContext()

    expect(root.hasAttribute("data-drawn-for")).toBe(market !== guess(zone))
  })

  it.each(Object.keys(languages))("in %s is shown only to those who read it", (language) => {
    localStorage.setItem("delux.language", "kk")
    localStorage.setItem("delux.market", "US")
    root.lang = language
    root.dataset.market = "US"

    script.runInThisContext()

    expect(detectLanguage()).toBe("kk")
    expect(root.hasAttribute("data-drawn-for")).toBe(language !== "kk")
  })
})
