import { expect, it } from "vitest"
import { localPath } from "./guards"

it.each(["/orders", "/orders?page=2#top", "/events/half-marathon"])("returns to %s after sign-in", (path) => {
  expect(localPath(path)).toBe(path)
})

it.each(["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "orders", "", undefined])(
  "does not follow %s away from Delux",
  (path) => {
    expect(localPath(path)).toBeUndefined()
  },
)
