import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { afterEach, beforeEach, expect, it } from "vitest"
import { addToGuestBasket, clearGuestBasket, guestBasket } from "@/features/checkout/api/guest-basket"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const person = { id: 1, email: "dana@example.com", first_name: "Dana", last_name: "", organizer: null }
const session = () => HttpResponse.json({ access: "token", user: person })

beforeEach(() => {
  server.use(
    http.get("*/api/v1/auth/providers/", () => HttpResponse.json({ google: { enabled: false }, phone: { enabled: false } })),
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 0 })),
    http.get("*/api/v1/orders/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
  )
})

afterEach(() => {
  clearGuestBasket()
})

async function signIn(next: string) {
  const drawn = renderRoute(`/sign-in?next=${encodeURIComponent(next)}`)
  await drawn.user.type(await screen.findByLabelText("E-mail"), "dana@example.com")
  await drawn.user.type(screen.getByLabelText("Password"), "early-morning-run")
  await drawn.user.click(screen.getAllByRole("button", { name: "Sign in" }).at(-1) as HTMLElement)
  return drawn
}

it("goes on to where the person was going", async () => {
  server.use(http.post("*/api/v1/auth/login/", session))

  const { router } = await signIn("/orders?page=2")

  await waitFor(() => expect(router.state.location.href).toBe("/orders?page=2"))
})

it("takes a guest's basket along and tells line by line what changed in it", async () => {
  addToGuestBasket({ item_type: "ticket", ticket_type_id: 7, quantity: 3 })
  const change = { item_type: "ticket", ticket_type_id: 7, variant_id: null, title: "Night run", wanted: 3, quantity: 2 }
  server.use(
    http.post("*/api/v1/auth/login/", session),
    http.post("*/api/v1/cart/merge/", () =>
      HttpResponse.json({ lines: [], item_count: 0, changes: [{ ...change, code: "not_enough" }] }),
    ),
  )

  await signIn("/basket")

  expect(await screen.findByText("Night run: fewer are left, 2 in the basket")).toBeInTheDocument()
  expect(guestBasket()).toEqual([])
})

it("says what is wrong and keeps what was typed", async () => {
  server.use(
    http.post("*/api/v1/auth/login/", () =>
      problem(401, { code: "wrong_credentials", detail: "The e-mail or the password is not right" }),
    ),
  )

  await signIn("/orders")

  expect(await screen.findByRole("alert")).toHaveTextContent("The e-mail or the password is not right")
  expect(screen.getByLabelText("E-mail")).toHaveValue("dana@example.com")
})

it.each([
  { kind: "mail", said: "dana@example.com", to: { email: "dana@example.com", market: "KZ" } },
  { kind: "SMS", said: "+7 701 234 56 78", to: { phone: "+7 701 234 56 78", market: "KZ" } },
])("signs in by a code from the $kind", async ({ kind, said, to }) => {
  const asked: unknown[] = []
  const keep = (answer: () => Response) => async ({ request }: { request: Request }) => {
    asked.push(await request.json())
    return answer()
  }
  server.use(
    http.get("*/api/v1/auth/providers/", () => HttpResponse.json({ google: { enabled: false }, phone: { enabled: true } })),
    http.post("*/api/v1/auth/code/", keep(() => HttpResponse.json({ challenge: "c1", expires_at: "2026-01-01T00:05:00Z" }))),
    http.post("*/api/v1/auth/code/sign-in/", keep(session)),
  )
  const { user, router } = renderRoute("/sign-in?next=%2Forders")

  await user.click(await screen.findByRole("button", { name: "Use a code by mail or SMS instead" }))
  await user.type(screen.getByLabelText("E-mail or phone"), said)
  await user.click(screen.getByRole("button", { name: "Send me a code" }))
  expect(await screen.findByLabelText(`Code from the ${kind}`)).toHaveFocus()
  await user.paste("042 917")

  await waitFor(() => expect(router.state.location.pathname).toBe("/orders"))
  expect(asked).toEqual([to, { challenge: "c1", code: "042917", first_name: "", market: "KZ" }])
})
