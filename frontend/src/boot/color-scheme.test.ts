import { readFileSync } from "node:fs"
import { Script } from "node:vm"
import { expect, it, vi } from "vitest"

const script = new Script(readFileSync("src/boot/color-scheme.js", "utf8"))

it.each([
  [null, true, "dark"],
  [null, false, "light"],
  ["auto", true, "dark"],
  ["dark", false, "dark"],
  ["light", true, "light"],
])("with the choice %s and a dark system %s, the first paint is %s", (kept, systemIsDark, scheme) => {
  if (kept !== null) localStorage.setItem("delux.theme", kept)
  vi.stubGlobal("matchMedia", () => ({ matches: systemIsDark }))
  document.documentElement.removeAttribute("data-mantine-color-scheme")

  script.runInThisContext()

  expect(document.documentElement.getAttribute("data-mantine-color-scheme")).toBe(scheme)
})
