import { expect, it, vi } from "vitest"
import { countView } from "./count-view"

it("tells of each page once, and of nothing but the page", async () => {
  const sent = vi.fn<(address: string, body: Blob) => boolean>(() => true)
  vi.stubGlobal("navigator", { sendBeacon: sent })

  countView("event", 7001)
  countView("event", 7001)
  countView("product", 7001)

  expect(await Promise.all(sent.mock.calls.map(async ([address, body]) => [address, body.type, await body.text()]))).toEqual([
    ["/api/v1/views/", "application/json", '{"event":7001}'],
    ["/api/v1/views/", "application/json", '{"product":7001}'],
  ])
})

it("does without where a browser has no way to tell", () => {
  vi.stubGlobal("navigator", {})

  expect(() => countView("event", 7002)).not.toThrow()
})
