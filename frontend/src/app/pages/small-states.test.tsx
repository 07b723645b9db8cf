import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { afterEach, beforeEach, expect, it } from "vitest"
import { endSession } from "@/api/session"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const person = { id: 1, email: "dana@example.com", first_name: "Dana", last_name: "", phone: null, city: "", organizer: null }

beforeEach(() => endSession())
afterEach(() => {
  window.location.hash = ""
})

it.each([
  ["/events/gone", "*/api/v1/events/gone/"],
  ["/shop/gone", "*/api/v1/products/gone/"],
  ["/organizers/gone", "*/api/v1/organizers/gone/"],
])("has one heading at %s when there is no such thing, and when it could not be had", async (path, address) => {
  server.use(http.get(address, () => problem(404, { code: "not_found" })))
  const missing = renderRoute(path)
  expect(await screen.findByRole("heading", { level: 1, name: "Nothing at this address" })).toBeInTheDocument()
  missing.unmount()

  server.use(http.get(address, () => problem(500)))
  renderRoute(path)
  expect(await screen.findByRole("heading", { level: 1, name: "This did not work" })).toBeInTheDocument()
  expect(screen.getByRole("button", { name: "Try again" })).toBeInTheDocument()
})

it("leads who opened the mailed link in another browser to sign in, and confirms when they are back", async () => {
  const tokens: unknown[] = []
  let isKnown = false
  server.use(
    http.get("*/api/v1/auth/providers/", () => HttpResponse.json({ google: { enabled: false }, phone: { enabled: false } })),
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/cart/", () => problem(500)),
    http.get("*/api/v1/notifications/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.post("*/api/v1/auth/login/", () => {
      isKnown = true
      return HttpResponse.json({ access: "token", user: person })
    }),
    http.post("*/api/v1/auth/email/confirm/", async ({ request }) => {
      tokens.push(await request.json())
      return isKnown ? new HttpResponse(null, { status: 204 }) : problem(403, { code: "other_browser", detail: "Sign in first" })
    }),
  )
  window.location.hash = "#the-token"
  const { user, router } = renderRoute("/confirm-email")
  await user.click(await screen.findByRole("button", { name: "Confirm the e-mail" }))

  await user.click(await within(screen.getByRole("main")).findByRole("link", { name: "Sign in" }))
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/sign-in", search: { next: "/confirm-email" } }))
  await user.click(await screen.findByLabelText("E-mail"))
  await user.paste("dana@example.com")
  await user.click(screen.getByLabelText("Password"))
  await user.paste("early-morning-run")
  await user.click(screen.getByRole("main").querySelector("button[type=submit]") as HTMLElement)

  await user.click(await screen.findByRole("button", { name: "Confirm the e-mail" }))
  expect(await screen.findByRole("heading", { name: "Your e-mail is confirmed" })).toBeInTheDocument()
  expect(tokens).toEqual([{ token: "the-token" }, { token: "the-token" }])
})
