import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { startSession } from "@/api/session"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const ticket = {
  id: 1,
  event: { id: 3, slug: "run", title: "Night run" },
  ticket_type: "10 km",
  attendee_name: "Timur A",
  status: "checked_in",
  checked_in_at: "2026-09-12T03:00:00Z",
  checked_in_by: "Aidana S",
}

beforeEach(() => {
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 0 })),
    http.get("*/api/v1/crm/events/", () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })),
  )
})

it("admits only on the server's yes, then takes the next scan where it lands", async () => {
  server.use(http.post("*/api/v1/crm/check-in/", () => HttpResponse.json(ticket)))
  const { user } = renderRoute("/crm/check-in")

  await user.type(await screen.findByLabelText("Ticket code"), "code-1{Enter}")
  expect(await screen.findByRole("dialog", { name: "Let them in" })).toHaveTextContent("Timur A")
  await waitFor(() => expect(screen.getByRole("button", { name: "Next person" })).toHaveFocus())
  await user.keyboard("code-2")

  expect(screen.queryByRole("dialog")).not.toBeInTheDocument()
  expect(screen.getByLabelText("Ticket code")).toHaveValue("code-2")
}, 40_000)

it("says why a used ticket is refused, when it was used and by whom", async () => {
  server.use(http.post("*/api/v1/crm/check-in/", () => problem(409, { code: "already_checked_in", ticket })))
  const { user } = renderRoute("/crm/check-in")

  await user.type(await screen.findByLabelText("Ticket code"), "code-1{Enter}")

  expect(await screen.findByRole("dialog", { name: "Already used" })).toHaveTextContent(/Sep 12, 8:00\sAM, Aidana S/)
}, 40_000)

it("keeps the code when the connection is lost, and admits nobody", async () => {
  server.use(http.post("*/api/v1/crm/check-in/", () => HttpResponse.error()))
  const { user } = renderRoute("/crm/check-in")

  await user.type(await screen.findByLabelText("Ticket code"), "code-1{Enter}")
  await screen.findByRole("dialog", { name: "No connection" })
  await user.keyboard("{Enter}")

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument())
  expect(screen.getByLabelText("Ticket code")).toHaveValue("code-1")
}, 40_000)

it("asks once more where the answer was lost, by the same moment, so that whom the server let in is let in", async () => {
  const moments: unknown[] = []
  server.use(
    http.post("*/api/v1/crm/check-in/", async ({ request }) => {
      moments.push(((await request.json()) as { scanned_at: string }).scanned_at)
      return moments.length === 1 ? HttpResponse.error() : HttpResponse.json(ticket)
    }),
  )
  const { user } = renderRoute("/crm/check-in")

  await user.type(await screen.findByLabelText("Ticket code"), "code-1{Enter}")

  expect(await screen.findByRole("dialog", { name: "Let them in" })).toHaveTextContent("Timur A")
  expect(moments).toEqual([expect.stringMatching(/\.\d{6}Z$/), moments[0]])
}, 40_000)
