import { screen, waitFor } from "@testing-library/react"
import type { UserEvent } from "@testing-library/user-event"
import { http, HttpResponse } from "msw"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { endSession } from "@/api/session"
import { addToGuestBasket, clearGuestBasket, guestBasket } from "@/features/checkout/api/guest-basket"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const person = { id: 1, email: "dana@example.com", first_name: "Dana", last_name: "", phone: null, city: "", organizer: null }
const shoes = {
  id: 5,
  item_type: "product",
  variant_id: 7,
  ticket_type_id: null,
  title: "Tempo 3",
  slug: "tempo-3",
  options: {},
  image: null,
  organizer: { id: 2, display_name: "Chuy Road", slug: "chuy-road" },
  quantity: 1,
  unit_price: "56000.00",
  seen_price: "56000.00",
  price_changed: false,
  line_total: "56000.00",
  available: 9,
  max_quantity: 9,
  problem: null,
  problem_detail: null,
}
const basket = {
  lines: [shoes],
  item_count: 1,
  subtotal: "56000.00",
  currency: "KZT",
  needs_delivery: true,
  shipping_options: [{ organizer: shoes.organizer, delivery_price: "1500.00", pickup_address: "" }],
  can_order: true,
  changes: [],
}
// A whole page, typed into: a busy machine needs longer than the usual bound.
vi.setConfig({ testTimeout: 60_000 })

let asked: Record<string, unknown[]>

beforeEach(() => {
  endSession()
  asked = { code: [], signIn: [], orders: [] }
  const keep = (name: string, answer: () => Response) =>
    async function ({ request }: { request: Request }) {
      asked[name]?.push(await request.json())
      return answer()
    }
  server.use(
    http.get("*/api/v1/auth/providers/", () => HttpResponse.json({ google: { enabled: false }, phone: { enabled: false } })),
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/notifications/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/auth/addresses/", () => HttpResponse.json([])),
    http.get("*/api/v1/orders/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/orders/DX-1/", () => HttpResponse.json({}, { status: 404 })),
    http.get("*/api/v1/cart/", () => HttpResponse.json(basket)),
    http.post("*/api/v1/cart/quote/", () => HttpResponse.json(basket)),
    http.post("*/api/v1/cart/merge/", () => HttpResponse.json(basket)),
    http.post("*/api/v1/auth/code/", keep("code", () => HttpResponse.json({ challenge: "c1", expires_at: "2026-01-01T00:10:00Z" }))),
    http.post("*/api/v1/auth/code/sign-in/", keep("signIn", () => HttpResponse.json({ access: "token", user: person }))),
    http.post("*/api/v1/orders/", keep("orders", () => HttpResponse.json({ order_number: "DX-1", can_pay: true }, { status: 201 }))),
  )
  addToGuestBasket({ item_type: "product", variant_id: 7, quantity: 1 })
})

afterEach(() => {
  clearGuestBasket()
  sessionStorage.clear()
})

/** Pasted, as typing letter by letter takes a busy machine longer than the test may. */
async function fill(user: UserEvent, label: string | RegExp, text: string): Promise<void> {
  await user.click(await screen.findByLabelText(label))
  await user.paste(text)
}

async function sayWhere(user: UserEvent, label = "E-mail", who = "dana@example.com"): Promise<void> {
  await fill(user, "Recipient", "Aliya Runner")
  await fill(user, "Phone", "+7 701 234 56 78")
  await fill(user, "City", "Almaty")
  await fill(user, "Postal code", "050000")
  await fill(user, /^Street/, "Abay 10")
  await fill(user, label, who)
  await fill(user, "Your name", "Dana")
}

/** A guest who has typed where the shoes go, and who they are. */
async function arrive() {
  const drawn = renderRoute("/checkout")
  await sayWhere(drawn.user)
  await drawn.user.click(screen.getByRole("button", { name: "Continue" }))
  return drawn
}

it("signs a guest in by the mailed code and places the order with what was typed before", async () => {
  const { user, router } = await arrive()
  expect(await screen.findByText(/We have mailed a code to dana@example.com/)).toBeInTheDocument()

  // The sixth digit is the last press needed.
  await fill(user, "Code from the mail", "042917")

  await waitFor(() => expect(router.state.location.pathname).toBe("/orders/DX-1/pay"))
  expect(asked.code).toEqual([{ email: "dana@example.com", market: "KZ" }])
  expect(asked.signIn).toEqual([{ challenge: "c1", code: "042917", first_name: "Dana", market: "KZ" }])
  expect(asked.orders).toEqual([
    {
      delivery_type: "delivery",
      expected_total: "57500.00",
      shipping_address: {
        recipient: "Aliya Runner",
        phone: "+7 701 234 56 78",
        region: "",
        city: "Almaty",
        street: "Abay 10",
        postal_code: "050000",
        comment: "",
        country: "KZ",
      },
    },
  ])
  expect(guestBasket()).toEqual([])
})

it("says that a code is wrong at its field, and loses nothing", async () => {
  server.use(
    http.post("*/api/v1/auth/code/sign-in/", () =>
      problem(400, {
        code: "wrong_code",
        errors: [{ pointer: "/code", code: "wrong_code", detail: "This is not the code from the mail" }],
      }),
    ),
  )
  const { user } = await arrive()

  await fill(user, "Code from the mail", "111111")

  expect(await screen.findByText("This is not the code from the mail")).toBeInTheDocument()
  expect(screen.getByLabelText(/^Street/)).toHaveValue("Abay 10")
  expect(asked.orders).toEqual([])
})

it("starts over with a new code when the old one is no longer good", async () => {
  server.use(
    http.post("*/api/v1/auth/code/sign-in/", () => problem(409, { code: "code_over", detail: "This code is no longer good" })),
  )
  const { user } = await arrive()

  await fill(user, "Code from the mail", "111111")

  expect(await screen.findByText("This code is no longer good")).toBeInTheDocument()
  expect(screen.getByLabelText("E-mail")).toHaveValue("dana@example.com")
  await user.click(screen.getByRole("button", { name: "Continue" }))
  expect(await screen.findByLabelText("Code from the mail")).toHaveValue("")
  expect(asked.code).toHaveLength(2)
})

it("shows the basket of the account before ordering what the guest has not seen", async () => {
  const merged = { ...basket, item_count: 2, subtotal: "112000.00", lines: [{ ...shoes, quantity: 2, line_total: "112000.00" }] }
  server.use(
    http.post("*/api/v1/cart/merge/", () => HttpResponse.json(merged)),
    http.get("*/api/v1/cart/", () => HttpResponse.json(merged)),
  )
  const { user } = await arrive()

  await fill(user, "Code from the mail", "042917")

  expect(await screen.findByText(/Look it over, then go on/)).toBeInTheDocument()
  expect(screen.getByLabelText(/^Street/)).toHaveValue("Abay 10")
  expect(asked.orders).toEqual([])
  await user.click(screen.getByRole("button", { name: "Go to payment" }))
  await waitFor(() => expect(asked.orders).toHaveLength(1))
  expect(asked.orders?.[0]).toMatchObject({ expected_total: "113500.00" })
})

it("makes an account with a password where there is none", async () => {
  const registered: unknown[] = []
  server.use(
    http.post("*/api/v1/auth/login/", () => problem(401, { code: "wrong_credentials", detail: "Not right" })),
    http.post("*/api/v1/auth/register/", async ({ request }) => {
      registered.push(await request.json())
      return HttpResponse.json({ access: "token", user: person }, { status: 201 })
    }),
  )
  const { user } = renderRoute("/checkout")
  await sayWhere(user)
  await user.click(screen.getByRole("button", { name: "Use a password instead" }))
  await fill(user, "Password", "early-morning-run")
  await user.click(screen.getByRole("button", { name: "Go to payment" }))

  await waitFor(() => expect(asked.orders).toHaveLength(1))
  expect(registered).toMatchObject([{ email: "dana@example.com", first_name: "Dana", market: "KZ" }])
})

it("has what was typed, and the code on its way, after a reload; a code and a password are not kept", async () => {
  const before = await arrive()
  await fill(before.user, "Code from the mail", "0429")
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("0429")
  before.unmount()

  const { user, router } = renderRoute("/checkout")

  expect(await screen.findByLabelText("Recipient")).toHaveValue("Aliya Runner")
  expect(screen.getByLabelText(/^Street/)).toHaveValue("Abay 10")
  expect(screen.getByText(/We have mailed a code to dana@example.com/)).toBeInTheDocument()
  expect(screen.getByLabelText("Code from the mail")).toHaveValue("")

  await fill(user, "Code from the mail", "042917")
  await waitFor(() => expect(router.state.location.pathname).toBe("/orders/DX-1/pay"))
  expect(asked.code).toHaveLength(1)
  expect(asked.signIn).toMatchObject([{ challenge: "c1", first_name: "Dana" }])
  expect(Object.keys(sessionStorage).filter((key) => key.startsWith("delux.draft."))).toEqual([])
})

it("has what was typed after a step back to the basket and forth", async () => {
  const { user, router } = renderRoute("/checkout")
  await fill(user, "Recipient", "Aliya Runner")
  await fill(user, "E-mail", "dana@example.com")

  await router.navigate({ to: "/basket" })
  await screen.findByRole("heading", { name: "Basket", level: 1 })
  router.history.back()

  expect(await screen.findByLabelText("Recipient")).toHaveValue("Aliya Runner")
  expect(screen.getByLabelText("E-mail")).toHaveValue("dana@example.com")
})

const withPhones = http.get("*/api/v1/auth/providers/", () =>
  HttpResponse.json({ google: { enabled: false }, phone: { enabled: true } }),
)

/** Says a phone where an e-mail may stand as well. */
async function sayPhone(user: UserEvent, phone: string): Promise<void> {
  await sayWhere(user, "E-mail or phone", phone)
  await user.click(screen.getByRole("button", { name: "Continue" }))
}

it("takes a phone in place of an e-mail, and the code from the SMS", async () => {
  server.use(withPhones)
  const { user } = renderRoute("/checkout")
  await sayPhone(user, "8 701 234-56-78")

  expect(await screen.findByText(/on its way by SMS to 8 701 234-56-78/)).toBeInTheDocument()
  expect(asked.code).toEqual([{ phone: "8 701 234-56-78", market: "KZ" }])
  await fill(user, "Code from the SMS", "042917")

  await waitFor(() => expect(asked.orders).toHaveLength(1))
  expect(asked.signIn?.[0]).toMatchObject({ challenge: "c1", code: "042917", first_name: "Dana" })
})

it("says at the field what is wrong with a phone", async () => {
  server.use(
    withPhones,
    http.post("*/api/v1/auth/code/", () =>
      problem(400, { code: "phone_elsewhere", errors: [{ pointer: "/phone", code: "phone_elsewhere", detail: "Use your e-mail instead" }] }),
    ),
  )
  const { user } = renderRoute("/checkout")
  await sayPhone(user, "+44 20 7946 0000")

  expect(await screen.findByText("Use your e-mail instead")).toBeInTheDocument()
  expect(screen.getByLabelText("E-mail or phone")).toBeInvalid()
  expect(screen.queryByRole("alert")).not.toBeInTheDocument()
})

it("asks for an e-mail alone where no SMS are sent, and takes no phone for one", async () => {
  const { user } = renderRoute("/checkout")
  await sayWhere(user, "E-mail", "+7 701 234 56 78")
  await user.click(screen.getByRole("button", { name: "Continue" }))

  expect(await screen.findByText(/Write an e-mail address such as/)).toBeInTheDocument()
  expect(asked.code ?? []).toEqual([])
})
