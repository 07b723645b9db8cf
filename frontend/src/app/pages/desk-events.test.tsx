import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, it } from "vitest"
import { startSession } from "@/api/session"
import { madeEvent } from "@/features/crm/testing"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const page = (results: unknown[]) => HttpResponse.json({ count: results.length, next: null, previous: null, results })

beforeEach(() => {
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/event-categories/", () => HttpResponse.json([{ slug: "running", name: "Running" }])),
  )
})

function serve(event: ReturnType<typeof madeEvent>) {
  server.use(http.get("*/api/v1/crm/events/5/", () => HttpResponse.json(event)))
}

describe("the desk's events", () => {
  it("lead to the first one while there is none", async () => {
    server.use(http.get("*/api/v1/crm/events/", () => page([])))
    renderRoute("/crm/events")
    expect(await screen.findByText("Create your first event")).toBeVisible()
    expect(screen.getByRole("link", { name: "New event" })).toHaveAttribute("href", "/crm/events/new")
    expect(screen.queryByRole("searchbox")).toBeNull()
  })

  it("ask the server for what the address says", async () => {
    let asked = ""
    server.use(
      http.get("*/api/v1/crm/events/", ({ request }) => {
        asked = new URL(request.url).search
        return page([])
      }),
    )
    renderRoute("/crm/events?status=draft&ordering=-revenue")
    expect(await screen.findByText("Nothing matches")).toBeVisible()
    expect(asked).toBe("?status=draft&ordering=-revenue&page_size=20")
  })
})

describe("the editor", () => {
  it("sends only what changed and says what is saved", async () => {
    let sent: unknown
    serve(madeEvent())
    server.use(
      http.patch("*/api/v1/crm/events/5/", async ({ request }) => {
        sent = await request.json()
        return HttpResponse.json(madeEvent({ title: "Night run 2027" }))
      }),
    )
    const { user } = renderRoute("/crm/events/5/edit")
    const title = await screen.findByRole("textbox", { name: "Title" })
    await user.clear(title)
    await user.type(title, "Night run 2027")
    expect(screen.getByText("There are changes that are not saved")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Save the draft" }))
    expect(await screen.findByText("Saved: texts, times and place")).toBeVisible()
    expect(sent).toEqual({ title: "Night run 2027" })
  })

  it("puts a refusal on the field it is about", async () => {
    serve(madeEvent({ status: "published" }))
    server.use(http.patch("*/api/v1/crm/events/5/", () => problem(409, { code: "capacity_below_taken", detail: "More people already have a ticket" })))
    const { user } = renderRoute("/crm/events/5/edit")
    const capacity = await screen.findByRole("textbox", { name: "People at most" })
    await user.type(capacity, "3")
    await user.click(screen.getByRole("button", { name: "Save the changes" }))
    await waitFor(() => expect(capacity).toHaveAccessibleDescription(expect.stringContaining("More people already have a ticket")))
    expect(capacity).toHaveFocus()
  })

  it("names what is missing before publishing and leads there", async () => {
    serve(madeEvent({ location: null, missing: [{ pointer: "/location", code: "missing", detail: "Say where it takes place." }] }))
    const { user } = renderRoute("/crm/events/5/edit")
    const panel = (await screen.findByRole("heading", { name: "Before publishing" })).closest("section") as HTMLElement
    expect(within(panel).getByText("Say where it takes place.")).toBeVisible()
    expect(within(panel).getByRole("button", { name: "Publish the event" })).toBeDisabled()
    await user.click(within(panel).getByRole("button", { name: "Place or link" }))
    expect(screen.getByRole("combobox", { name: "Country" })).toHaveFocus()
  })
})

function editorOf(saved: ReturnType<typeof madeEvent> | null) {
  const calls: string[] = []
  serve(madeEvent())
  server.use(
    http.patch("*/api/v1/crm/events/5/", () => {
      calls.push("save")
      return saved ? HttpResponse.json(saved) : problem(500)
    }),
    http.post("*/api/v1/crm/events/5/publish/", () => {
      calls.push("publish")
      return HttpResponse.json(madeEvent({ status: "published" }))
    }),
  )
  return { calls, ...renderRoute("/crm/events/5/edit") }
}

describe("publishing with changes that are not saved", () => {
  it("saves them first", async () => {
    const { calls, user } = editorOf(madeEvent({ title: "Night run 2027" }))
    await user.type(await screen.findByRole("textbox", { name: "Title" }), " 2027")
    await user.click(screen.getByRole("button", { name: "Save and publish" }))
    await waitFor(() => expect(calls).toEqual(["save", "publish"]))
  })

  it.each([
    ["could not be saved", null],
    ["leave something missing", madeEvent({ missing: [{ pointer: "/location", code: "missing", detail: "Say where it takes place." }] })],
  ])("publishes nothing where they %s", async (_why, saved) => {
    const { calls, user } = editorOf(saved)
    await user.type(await screen.findByRole("textbox", { name: "Title" }), " 2027")
    await user.click(screen.getByRole("button", { name: "Save and publish" }))
    await waitFor(() => expect(calls).toContain("save"))
    await waitFor(() => expect(screen.getByRole("button", { name: /publish/i })).not.toHaveAttribute("data-loading"))
    expect(calls).not.toContain("publish")
  })
})

describe("canceling", () => {
  it("shows what goes back and waits for the title", async () => {
    let reason: unknown
    serve(madeEvent({ status: "published", places_taken: 3 }))
    server.use(
      http.get("*/api/v1/crm/events/5/figures/", () => problem(500)),
      http.get("*/api/v1/crm/events/5/cancel/preview/", () =>
        HttpResponse.json({ currency: "KZT", amount: "21000.00", orders: 2, unpaid_orders: 0, people: 2, tickets: 3 }),
      ),
      http.post("*/api/v1/crm/events/5/cancel/", async ({ request }) => {
        reason = await request.json()
        return HttpResponse.json(madeEvent({ status: "canceled" }))
      }),
    )
    const { user } = renderRoute("/crm/events/5")
    await user.click(await screen.findByRole("button", { name: "Cancel the event…" }))
    const confirm = await screen.findByRole("button", { name: /Cancel and give back/ })
    expect(confirm).toHaveTextContent("21,000")
    expect(confirm).toBeDisabled()
    await user.type(screen.getByRole("textbox", { name: /Type the title/ }), "night  run ")
    await user.click(confirm)
    await waitFor(() => expect(reason).toEqual({ reason: "" }))
  })
})
