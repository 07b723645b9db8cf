import "@testing-library/jest-dom/vitest"
import { notifications } from "@mantine/notifications"
import { cleanup, configure } from "@testing-library/react"
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest"
import { endSession } from "@/api/session"
import { startI18n } from "@/lib/i18n"
import { lightStyles } from "./light-styles"
import { server } from "./server"

// Pages are loaded lazily, and a busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 })

// What jsdom lacks and the kit needs.
window.matchMedia ??= (query) =>
  ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
window.getComputedStyle = lightStyles
window.scrollTo = () => undefined
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Range.prototype.getClientRects ??= () => [] as never
Range.prototype.getBoundingClientRect ??= () => new DOMRect()
// A field that grows with its text measures itself again when a font has come.
if (!("fonts" in document)) Object.defineProperty(document, "fonts", { value: new EventTarget() })
HTMLElement.prototype.scrollIntoView ??= () => undefined
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false
}
HTMLElement.prototype.hidePopover ??= () => undefined

beforeAll(async () => {
  server.listen({ onUnhandledRequest: "error" })
  await startI18n("en")
})

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

afterEach(() => {
  // They live outside React: one test's would be seen by the next.
  notifications.clean()
  cleanup()
  endSession()
  server.resetHandlers()
})

afterAll(() => server.close())
