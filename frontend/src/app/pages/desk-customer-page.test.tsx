import { screen, waitFor, within } from "@testing-library/react"
import { delay, http, HttpResponse } from "msw"
import { beforeEach, describe, expect, it } from "vitest"
import { startSession } from "@/api/session"
import type { Customer } from "@/features/crm/api/customers"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

let card: Customer

beforeEach(() => {
  card = {
    id: 7,
    name: "Timur B",
    email: "timur@example.com",
    phone: null,
    city: "Almaty",
    avatar: null,
    currency: "KZT",
    orders_count: 0,
    spent: "12000.00",
    refunded: "4000.00",
    tickets_count: 2,
    attended: 1,
    goods_count: 0,
    first_order_at: null,
    last_order_at: null,
    tags: ["Club"],
    orders: [],
    tickets: [],
    notes: [
      { id: 31, body: "Runs with a pram", author_name: "Aida S", is_own: true, created_at: "2026-09-01T10:00:00Z" },
      { id: 30, body: "Asks for receipts", author_name: "Marat", is_own: false, created_at: "2026-08-01T10:00:00Z" },
    ],
    tasks: [],
  }
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/crm/customers/7/", () => HttpResponse.json(card)),
    http.get("*/api/v1/crm/customer-tags/", () => HttpResponse.json([{ name: "Club", customers: 1 }])),
  )
})

const noteOf = async (body: string) => (await screen.findByText(body)).closest("li") as HTMLElement

describe("notes on a customer's card", () => {
  it("are changed by their author alone, and seen changed before the server answers", async () => {
    server.use(
      http.patch("*/api/v1/crm/customers/7/notes/31/", async () => {
        await delay(300)
        card = { ...card, notes: card.notes.map((note) => (note.id === 31 ? { ...note, body: "Runs alone now" } : note)) }
        return HttpResponse.json(card.notes[0])
      }),
    )
    const { user } = renderRoute("/crm/customers/7")
    expect(within(await noteOf("Asks for receipts")).queryByRole("button")).toBeNull()
    const own = await noteOf("Runs with a pram")
    await user.click(within(own).getByRole("button", { name: "Edit" }))
    const line = within(own).getByRole("textbox", { name: "Note" })
    await user.clear(line)
    await user.type(line, "Runs alone now")
    await user.click(within(own).getByRole("button", { name: "Save" }))
    expect(await screen.findByText("Runs alone now")).toBeVisible()
    await waitFor(() => expect(card.notes[0]?.body).toBe("Runs alone now"))
  })

  it("come back with the typed words where the server refuses", async () => {
    server.use(http.patch("*/api/v1/crm/customers/7/notes/31/", () => problem(500, { code: "server_error", title: "Broken" })))
    const { user } = renderRoute("/crm/customers/7")
    const own = await noteOf("Runs with a pram")
    await user.click(within(own).getByRole("button", { name: "Edit" }))
    await user.type(within(own).getByRole("textbox", { name: "Note" }), " and a dog")
    await user.click(within(own).getByRole("button", { name: "Save" }))
    expect(await screen.findByRole("alert")).toBeVisible()
    expect(screen.getByRole("textbox", { name: "Note" })).toHaveValue("Runs with a pram and a dog")
    await user.click(screen.getByRole("button", { name: "Cancel" }))
    expect(await screen.findByText("Runs with a pram")).toBeVisible()
  })

  it("stay where deleting them failed", async () => {
    server.use(http.delete("*/api/v1/crm/customers/7/notes/31/", () => problem(500, { code: "server_error", title: "Broken" })))
    const { user } = renderRoute("/crm/customers/7")
    await user.click(within(await noteOf("Runs with a pram")).getByRole("button", { name: "Remove" }))
    expect(await screen.findByRole("alert")).toBeVisible()
    expect(await screen.findByText("Runs with a pram")).toBeVisible()
  })
})

describe("tags of a customer", () => {
  it("are kept as soon as one is added", async () => {
    let sent: unknown
    server.use(
      http.put("*/api/v1/crm/customers/7/tags/", async ({ request }) => {
        sent = await request.json()
        card = { ...card, tags: ["Club", "Volunteer"] }
        return HttpResponse.json({ tags: card.tags })
      }),
    )
    const { user } = renderRoute("/crm/customers/7")
    await user.type(await screen.findByLabelText("Tags", { selector: "input" }), "Volunteer{Enter}")
    expect(await screen.findByText("Volunteer")).toBeVisible()
    await waitFor(() => expect(sent).toEqual({ tags: ["Club", "Volunteer"] }))
  })

  it("are taken back where the server refuses", async () => {
    server.use(http.put("*/api/v1/crm/customers/7/tags/", () => problem(500, { code: "server_error", title: "Broken" })))
    const { user } = renderRoute("/crm/customers/7")
    await user.type(await screen.findByLabelText("Tags", { selector: "input" }), "Volunteer{Enter}")
    expect(await screen.findByText(/Something went wrong|broke|try again/i)).toBeVisible()
    await waitFor(() => expect(screen.queryByText("Volunteer")).toBeNull())
  })
})

it("customers are asked for by the tag in the address", async () => {
  let asked = ""
  server.use(
    http.get("*/api/v1/crm/customers/", ({ request }) => {
      asked = new URL(request.url).search
      const { id, name, email, orders_count, spent, currency, tags } = card
      const row = { id, name, email, orders_count, spent, currency, tags, last_order_at: "2026-09-01T10:00:00Z" }
      return HttpResponse.json({ count: 1, next: null, previous: null, results: [row] })
    }),
  )
  const { user } = renderRoute("/crm/customers?tag=club")
  expect(await screen.findByRole("button", { name: "Club", pressed: true })).toBeVisible()
  expect(asked).toBe("?tag=club&page_size=20")
  await user.click(screen.getByRole("button", { name: "Everyone" }))
  await waitFor(() => expect(asked).toBe("?page_size=20"))
})
