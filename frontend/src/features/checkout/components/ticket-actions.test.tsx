import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { loadTexts } from "@/lib/i18n"
import { render } from "@/testing/render"
import { problem, server } from "@/testing/server"
import type { Ticket } from "../api/tickets"
import { TicketActions } from "./ticket-actions"

const event = { title: "Night run", timezone: "Asia/Almaty", organizer: { display_name: "Steppe" } }
const ticket = { id: 7, status: "paid", event } as Ticket
const address = "*/api/v1/tickets/7/refund/"
const offer = { way: "now", until: "2027-06-10T14:00:00Z", amount: "5000.00", currency: "KZT", request: null }

beforeEach(() => loadTexts("checkout"))

function opened(changes: Record<string, unknown> = {}) {
  server.use(http.get(address, () => HttpResponse.json({ ...offer, ...changes })))
  return render(<TicketActions ticket={ticket} />)
}

it("says the rule beside the button, then the exact sum, and gives the ticket back once for both presses", async () => {
  const keys: (string | null)[] = []
  server.use(
    http.post(address, ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"))
      return keys.length === 1 ? problem(503) : HttpResponse.json({ amount: "5000.00", currency: "KZT", status: "initiated" }, { status: 201 })
    }),
  )
  const { user } = opened()

  expect(await screen.findByText(/Without asking anybody until .*Jun/)).toBeInTheDocument()
  await user.click(screen.getByRole("button", { name: "Give back" }))
  const dialog = await screen.findByRole("dialog", { name: "Give this ticket back?" })
  expect(dialog).toHaveTextContent("5,000")
  const confirm = within(dialog).getByRole("button", { name: /Give back for/ })
  await user.click(confirm)
  expect(await within(dialog).findByRole("alert")).toBeInTheDocument()
  await user.click(confirm)

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument())
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

it("asks the organizer when the time is over, and takes the question back", async () => {
  let sent: unknown
  server.use(
    http.post(`${address}request/`, async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({ ...offer, way: "asked" }, { status: 201 })
    }),
    http.delete(`${address}request/`, () => HttpResponse.json({ ...offer, way: "ask" })),
  )
  const { user } = opened({ way: "ask" })

  await user.click(await screen.findByRole("button", { name: "Ask for a refund" }))
  const dialog = await screen.findByRole("dialog")
  const send = within(dialog).getByRole("button", { name: "Send to the organizer" })
  expect(send).toBeDisabled()
  await user.type(within(dialog).getByRole("textbox", { name: "What happened" }), " Broken ankle ")
  await user.click(send)

  await user.click(await screen.findByRole("button", { name: "Take the request back" }))
  expect(sent).toEqual({ reason: "Broken ankle" })
  expect(await screen.findByRole("button", { name: "Ask for a refund" })).toBeInTheDocument()
})

it("shows why the organizer declined", async () => {
  opened({ way: "ask", until: null, request: { status: "declined", answer: "The packs are printed" } })

  expect(await screen.findByText(/The packs are printed/)).toBeInTheDocument()
})

it("offers nothing for a ticket that was used", () => {
  render(<TicketActions ticket={{ ...ticket, status: "checked_in" }} />)

  expect(screen.queryByRole("button")).not.toBeInTheDocument()
})
