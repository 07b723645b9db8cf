import { screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { startSession } from "@/api/session"
import type { Dashboard } from "@/features/crm/api/dashboard"
import * as file from "@/lib/save-file"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { server } from "@/testing/server"

const figures = { views: 400, orders_placed: 16, orders_paid: 12, revenue: "7000.00", refunded: "0.00", orders: 2, tickets_sold: 2, goods_sold: 0, check_ins: 0 }
const found: Dashboard = {
  currency: "KZT",
  timezone: "Asia/Almaty",
  totals: { date_from: "2026-10-23", date_to: "2026-11-21", ...figures },
  previous: { date_from: "2026-09-23", date_to: "2026-10-22", ...figures },
  days: [{ date: "2026-11-21", ...figures }],
  attendance: { tickets: 0, came: 0 },
  best_sellers: [{ item_type: "ticket", id: 5, slug: "night-run", title: "10 km", image: null, quantity: 2, revenue: "7000.00" }],
  tickets_left: 10,
  upcoming_events: [
    { id: 5, slug: "night-run", title: "Night run", start_datetime: "2026-12-12T14:00:00Z", timezone: "Asia/Almaty", tickets_sold: 2, tickets_left: 10 },
  ],
  low_stock_count: 0,
  low_stock: [],
  parts_to_fulfil: 3,
  tasks: { open: 1, overdue: 0 },
}

const events = [
  { id: 5, title: "Night run" },
  { id: 6, title: "Morning yoga" },
]
let asked: string[]

beforeEach(() => {
  asked = []
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/crm/events/", () => HttpResponse.json({ count: 2, next: null, previous: null, results: events })),
    http.get("*/api/v1/crm/dashboard/", ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(found)
    }),
  )
})

const list = (count: number) => () => {
  asked.push("list")
  return HttpResponse.json({ count, next: null, previous: null, results: [] })
}

/** Somebody who sold nothing in these days, with so many events and products. */
function soldNothing({ products }: { products: number }) {
  const nothing = Object.fromEntries(Object.keys(figures).map((name) => [name, 0])) as unknown as typeof figures
  server.use(
    http.get("*/api/v1/crm/events/", list(0)),
    http.get("*/api/v1/crm/products/", list(products)),
    http.get("*/api/v1/crm/dashboard/", () =>
      HttpResponse.json({ ...found, totals: { ...found.totals, ...nothing }, previous: { ...found.previous, ...nothing }, upcoming_events: [], best_sellers: [] }),
    ),
  )
}

describe("the dashboard", () => {
  it("offers two first steps to who has nothing to sell yet, instead of columns of zeros", async () => {
    soldNothing({ products: 0 })
    renderRoute("/crm")
    expect(await screen.findByRole("heading", { name: "Sell your first ticket" })).toBeVisible()
    expect(screen.queryByText("Gear sold")).toBeNull()
  })

  it("keeps the figures and the period of who sells gear alone and had quiet days", async () => {
    soldNothing({ products: 3 })
    renderRoute("/crm")
    expect(await screen.findByText("Gear sold")).toBeVisible()
    await waitFor(() => expect(asked.filter((each) => each === "list").length).toBeGreaterThan(1))
    expect(screen.getByText("Gear sold")).toBeVisible()
    expect(screen.getByText("7 days")).toBeVisible()
    expect(screen.queryByRole("heading", { name: "Sell your first ticket" })).toBeNull()
  })

  it("shows the events ahead with a way to each at the desk", async () => {
    renderRoute("/crm")
    const next = await screen.findByRole("link", { name: "Night run" })
    expect(next).toHaveAttribute("href", "/crm/events/5")
    expect(screen.getByText("Gear sold")).toBeVisible()
  })

  it("says how many openings became paid orders, in a table too", async () => {
    renderRoute("/crm")
    const card = (await screen.findByRole("heading", { name: "3% of openings became a paid order, as before" })).closest("section")
    expect(card).toHaveTextContent("Page openings400400 before")
    expect(card).toHaveTextContent("Orders placed164% of openings · 16 before")
    expect(card).toHaveTextContent("Orders paid1275% of orders placed · 12 before")
    await userEvent.click(within(card as HTMLElement).getByRole("button"))
    expect(within(card as HTMLElement).getByRole("row", { name: "Paid, of openings 3% 3%" })).toBeVisible()
  })

  it("hands out the figures it shows", async () => {
    const saved = vi.spyOn(file, "saveFile").mockImplementation(() => undefined)
    renderRoute("/crm")
    await userEvent.click(await screen.findByRole("button", { name: "Figures as CSV" }))
    await userEvent.click(await screen.findByText("Download"))
    await waitFor(() => expect(screen.queryByText("Download")).toBeNull())
    const [content, name] = saved.mock.calls[0] ?? []
    expect(name).toBe("delux-2026-10-23-2026-11-21.csv")
    const [header, day, total] = ((await content?.text()) ?? "").split("\r\n")
    expect(header).toContain("Page openings,Orders placed,Of them paid")
    expect(day).toBe("2026-11-21,400,16,12,2,2,0,7000.00,0.00,0")
    expect(total).toBe("Total,400,16,12,2,2,0,7000.00,0.00,0")
  })

  it("is about one event once it is chosen, and the address says so", async () => {
    const { router } = renderRoute("/crm?date_from=2026-11-01")
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Event" }), "Night run")
    await waitFor(() => expect(asked.at(-1)).toBe("?date_from=2026-11-01&event=5"))
    expect(router.state.location.search).toEqual({ date_from: "2026-11-01", event: "5" })
    expect(await screen.findByRole("heading", { name: "By kind of ticket" })).toBeVisible()
    expect(screen.getByRole("link", { name: "Open the event" })).toHaveAttribute("href", "/crm/events/5")
    expect(screen.queryByText("Gear sold")).toBeNull()
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Event" }), "All events")
    await waitFor(() => expect(router.state.location.search).toEqual({ date_from: "2026-11-01" }))
  })
})
