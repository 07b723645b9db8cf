import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { startSession } from "@/api/session"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const event = {
  id: 3,
  slug: "night-run",
  title: "Night run",
  start_datetime: "2027-06-12T14:00:00Z",
  end_datetime: "2027-06-12T18:00:00Z",
  timezone: "Asia/Almaty",
  location: { city: "Almaty", address: "Medeu rink" },
  organizer: { display_name: "Steppe", slug: "steppe", verified: true },
}
const offer = { id: 9, giver: "Aliya S", ticket_type: "10 km", expires_at: "2027-06-01T10:00:00Z", event }
const person = { id: 1, email: "b@example.com", first_name: "Bolat", last_name: "Serik", organizer: null }

beforeEach(() => {
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 0 })),
    http.get("*/api/v1/notifications/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/tickets/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
    http.get("*/api/v1/ticket-offers/", () => HttpResponse.json({ count: 1, next: null, previous: null, results: [offer] })),
  )
})

it("takes a ticket under one's own name, and says why when it came too late", async () => {
  const sent: unknown[] = []
  server.use(
    http.post("*/api/v1/ticket-offers/9/take/", async ({ request }) => {
      sent.push(await request.json())
      return problem(409, { code: "ticket_offer_over", detail: "This offer is over" })
    }),
  )
  const { user } = renderRoute("/tickets")

  expect(await screen.findByText("Aliya S gives you a ticket")).toBeInTheDocument()
  await user.click(screen.getByRole("button", { name: "Take it" }))
  const field = await screen.findByRole("textbox", { name: "Name of who comes" })
  expect(field).toHaveValue("Bolat Serik")
  await user.click(screen.getByRole("button", { name: "The ticket is mine" }))

  expect(await screen.findByText("This offer is over")).toBeInTheDocument()
  expect(sent).toEqual([{ attendee_name: "Bolat Serik" }])
})

it("says no to a ticket, and it is gone from the list", async () => {
  let declined = false
  server.use(
    http.post("*/api/v1/ticket-offers/9/decline/", () => {
      declined = true
      server.use(http.get("*/api/v1/ticket-offers/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })))
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user } = renderRoute("/tickets")

  await user.click(await screen.findByRole("button", { name: "No, thanks" }))

  await waitFor(() => expect(screen.queryByText("Aliya S gives you a ticket")).not.toBeInTheDocument())
  expect(declined).toBe(true)
})
