import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { endSession, startSession } from "@/api/session"
import { renderRoute } from "@/testing/render"
import { server } from "@/testing/server"

const person = { id: 1, email: "aigerim@example.com", first_name: "Aigerim", last_name: "S", organizer: null }

beforeEach(() => {
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/auth/providers/", () => HttpResponse.json({ google: { enabled: false }, phone: { enabled: false } })),
    http.get("*/api/v1/orders/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/tickets/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/ticket-offers/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 3 })),
  )
})

it("sends a guest to sign in and remembers where they were going", async () => {
  const { router } = renderRoute("/orders?page=2")

  await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"))
  expect(router.state.location.search).toEqual({ next: "/orders?page=2" })
})

it("counts the basket of a signed-in person", async () => {
  startSession("token")
  renderRoute("/basket")

  expect(await screen.findAllByRole("button", { name: "Basket, 3 items" })).toHaveLength(2)
})

it("keeps the desk for organizers and shows others how to become one", async () => {
  startSession("token")
  renderRoute("/crm")

  expect(await screen.findByRole("heading", { level: 1, name: "Organizer desk" })).toBeInTheDocument()
  expect(within(screen.getByRole("main")).getByRole("link", { name: "Sell on Delux" })).toHaveAttribute("href", "/become-organizer")
})

it("leaves a personal page at once when the session ends", async () => {
  startSession("token")
  const { router } = renderRoute("/tickets")
  await screen.findByRole("heading", { level: 1 })

  endSession()

  await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"))
})

it("says in the shell that there is nothing at an unknown address", async () => {
  renderRoute("/no/such/page")

  expect(await screen.findByRole("heading", { level: 1, name: "Nothing at this address" })).toBeInTheDocument()
  expect(screen.getByRole("banner")).toBeInTheDocument()
  expect(document.title).toBe("Nothing at this address · Delux")
})

it("starts a new page at its heading", async () => {
  const { router } = renderRoute("/basket")
  await screen.findByRole("heading", { level: 1, name: "Basket" })

  await router.navigate({ to: "/sign-in" })

  await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "Sign in" })).toHaveFocus())
})

it("tells when a part of a link was not understood", async () => {
  renderRoute("/orders?page=minus")

  expect(await screen.findByText(/One part of this link was not understood and left out: page/)).toBeInTheDocument()
})

it("drops what the server said of the first page when another one is shown", async () => {
  document.head.insertAdjacentHTML("beforeend", '<link rel="canonical" href="/basket" data-page>')
  const { router } = renderRoute("/basket")
  await screen.findByRole("heading", { level: 1 })
  expect(document.querySelector("[rel=canonical]")).toBeInTheDocument()

  await router.navigate({ to: "/sign-in" })

  await waitFor(() => expect(document.querySelector("[rel=canonical]")).not.toBeInTheDocument())
})
