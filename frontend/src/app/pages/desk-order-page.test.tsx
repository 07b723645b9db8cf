import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { startSession } from "@/api/session"
import { madeOrder } from "@/features/crm/testing"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const order = madeOrder()
const address = "*/api/v1/crm/orders/DX-AAAAA-BBBBB/"

beforeEach(() => {
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 0 })),
    http.get(address, () => HttpResponse.json(order)),
  )
})

it("ships with a tracking number and shows it only when the server has agreed", async () => {
  const held: (() => void)[] = []
  const bodies: unknown[] = []
  server.use(
    http.patch(address, async ({ request }) => {
      bodies.push(await request.json())
      await new Promise<void>((resolve) => held.push(resolve))
      return HttpResponse.json({ ...order, status: "shipped", next_statuses: ["completed"], tracking_number: "KZ1" })
    }),
  )
  const { user } = renderRoute("/crm/orders/DX-AAAAA-BBBBB")

  await user.type(await screen.findByLabelText("Tracking number"), " KZ1 ")
  await user.click(screen.getByRole("button", { name: "Mark as shipped" }))

  await waitFor(() => expect(bodies).toEqual([{ status: "shipped", tracking_number: "KZ1" }]))
  expect(screen.getByRole("heading", { name: "To be packed" })).toBeInTheDocument()
  held.forEach((release) => release())
  expect(await screen.findByRole("heading", { name: "On its way" })).toBeInTheDocument()
})

it("says why a part did not move, and shows where it is", async () => {
  server.use(http.patch(address, () => problem(409, { detail: "This part cannot go there" })))
  const { user } = renderRoute("/crm/orders/DX-AAAAA-BBBBB")

  await user.click(await screen.findByRole("button", { name: "Mark as packed" }))

  expect(await screen.findByRole("alert")).toHaveTextContent("This part cannot go there")
  expect(screen.getByRole("heading", { name: "To be packed" })).toBeInTheDocument()
})

it("refunds the sum the server has told, and repeats a lost refund with the same key", async () => {
  const wishes: unknown[] = []
  const keys: (string | null)[] = []
  server.use(
    http.post(`${address}refund/preview/`, async ({ request }) => {
      const wish = (await request.json()) as { lines?: unknown[] }
      wishes.push(wish)
      return HttpResponse.json({ amount: wish.lines ? "10000.00" : "31500.00", currency: "KZT", shipping: "0.00", lines: [] })
    }),
    http.post(`${address}refund/`, ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"))
      if (keys.length === 1) return HttpResponse.error()
      return HttpResponse.json({ id: 1, amount: "10000.00", currency: "KZT", status: "initiated" }, { status: 201 })
    }),
  )
  const { user } = renderRoute("/crm/orders/DX-AAAAA-BBBBB")
  await user.click(await screen.findByRole("button", { name: "Refund…" }))
  const dialog = within(await screen.findByRole("dialog"))
  expect(await dialog.findByRole("button", { name: "Refund ₸31,500" })).toBeEnabled()

  const lessButtons = dialog.getAllByRole("button", { name: /One less/ })
  await user.click(lessButtons[0] as HTMLElement)
  await user.click(lessButtons[1] as HTMLElement)
  await user.click(dialog.getByRole("checkbox"))
  await user.click(await dialog.findByRole("button", { name: "Refund ₸10,000" }))
  expect(await dialog.findByRole("alert")).toHaveTextContent("No connection")
  await user.click(dialog.getByRole("button", { name: "Refund ₸10,000" }))

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument())
  expect(wishes.at(-1)).toEqual({ lines: [{ item_id: 31, quantity: 1 }], shipping: false })
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
}, 40_000)

it("says so when the order is not ours", async () => {
  server.use(http.get(address, () => problem(404)))
  renderRoute("/crm/orders/DX-AAAAA-BBBBB")

  expect(await screen.findByRole("heading", { name: "No such order" })).toBeInTheDocument()
})

const request = {
  id: 4,
  status: "open" as const,
  asked_by: "Aigerim S",
  attendee_name: "Aigerim",
  event_title: "Night run",
  ticket_type: "10 km",
  amount: "10000.00",
  reason: "Broken ankle",
  answer: "",
  created_at: "2026-09-02T10:00:00Z",
  decided_at: null,
}

it("grants what a holder asks, seeing the sum first, with one key for two tries", async () => {
  const keys: (string | null)[] = []
  server.use(
    http.get(address, () => HttpResponse.json(madeOrder({ refund_requests: [request] }))),
    http.post("*/api/v1/crm/refund-requests/4/grant/", ({ request: sent }) => {
      keys.push(sent.headers.get("Idempotency-Key"))
      return keys.length === 1 ? problem(503) : HttpResponse.json({ id: 1, amount: "10000.00", currency: "KZT", status: "initiated" }, { status: 201 })
    }),
  )
  const { user } = renderRoute("/crm/orders/DX-AAAAA-BBBBB")

  expect(await screen.findByText("Broken ankle")).toBeInTheDocument()
  await user.click(screen.getByRole("button", { name: /Refund.*10,000/ }))
  const dialog = await screen.findByRole("dialog", { name: /Take the ticket of Aigerim S back/ })
  const confirm = within(dialog).getByRole("button", { name: /Refund/ })
  await user.click(confirm)
  expect(await within(dialog).findByRole("alert")).toBeInTheDocument()
  await user.click(confirm)

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument())
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

it("declines with a reason, and never without", async () => {
  let sent: unknown
  server.use(
    http.get(address, () => HttpResponse.json(madeOrder({ refund_requests: [request] }))),
    http.post("*/api/v1/crm/refund-requests/4/decline/", async ({ request: wish }) => {
      sent = await wish.json()
      return HttpResponse.json({ ...request, status: "declined", answer: "Packs are printed" })
    }),
  )
  const { user } = renderRoute("/crm/orders/DX-AAAAA-BBBBB")

  await user.click(await screen.findByRole("button", { name: "Decline…" }))
  const dialog = await screen.findByRole("dialog")
  const decline = within(dialog).getByRole("button", { name: "Decline" })
  expect(decline).toBeDisabled()
  await user.type(within(dialog).getByRole("textbox", { name: "Your answer" }), " Full ")
  await user.click(decline)

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument())
  expect(sent).toEqual({ answer: "Full" })
})
