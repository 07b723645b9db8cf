import { screen } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { expect, it } from "vitest"
import { loadTexts } from "@/lib/i18n"
import { render } from "@/testing/render"
import { problem, server } from "@/testing/server"
import type { Ticket } from "../api/tickets"
import { TicketName } from "./ticket-name"

const ticket = { id: 7, status: "paid", attendee_name: "Aigul" } as Ticket

async function open(changes: Partial<Ticket> = {}) {
  await loadTexts("checkout")
  const { user } = render(<TicketName ticket={{ ...ticket, ...changes }} />)
  await user.click(screen.getByRole("button", { name: "Change the name" }))
  const field = screen.getByRole("textbox", { name: "Name of who comes" })
  await user.clear(field)
  return { user, field }
}

it("sends the name of the friend who comes instead, and closes", async () => {
  let sent: unknown
  server.use(
    http.patch("*/api/v1/tickets/7/", async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({ ...ticket, attendee_name: "Bolat" })
    }),
  )
  const { user, field } = await open()
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled()

  await user.type(field, " Bolat ")
  await user.click(screen.getByRole("button", { name: "Save" }))

  expect(await screen.findByRole("button", { name: "Change the name" })).toBeInTheDocument()
  expect(sent).toEqual({ attendee_name: "Bolat" })
})

it("says why a name stays, and keeps what was typed", async () => {
  server.use(http.patch("*/api/v1/tickets/7/", () => problem(409, { code: "ticket_fixed", title: "The name stays", detail: "The name stays" })))
  const { user, field } = await open()

  await user.type(field, "Bolat")
  await user.click(screen.getByRole("button", { name: "Save" }))

  expect(await screen.findByText("The name stays")).toBeInTheDocument()
  expect(field).toHaveValue("Bolat")
})

it("offers no other name for a ticket that was used", async () => {
  await loadTexts("checkout")
  render(<TicketName ticket={{ ...ticket, status: "checked_in" }} />)

  expect(screen.getByText("Aigul")).toBeInTheDocument()
  expect(screen.queryByRole("button")).not.toBeInTheDocument()
})
