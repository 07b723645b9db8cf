import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it, vi } from "vitest"
import { startSession } from "@/api/session"
import type { ExportRow } from "@/features/crm/exports/api"
import * as file from "@/lib/save-file"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const person = {
  id: 1,
  email: "aida@example.com",
  first_name: "Aida",
  last_name: "S",
  market: "KZ",
  organizer: { display_name: "Aida Runs", timezone: "Asia/Almaty", currency: "KZT" },
}
const row: ExportRow = {
  id: 7,
  kind: "customers",
  status: "writing",
  file_name: "customers-2026-11-21.csv",
  rows_done: 0,
  rows_total: 12_000,
  created_at: "2026-11-21T10:00:00Z",
  finished_at: null,
  expires_at: "2026-11-28T10:00:00Z",
}
const customer = {
  id: 5,
  name: "Zere S",
  email: "zere@example.com",
  orders_count: 1,
  spent: "500.00",
  currency: "KZT",
  last_order_at: "2026-11-01T10:00:00Z",
  tags: [],
}
const list = (...results: unknown[]) => HttpResponse.json({ count: results.length, next: null, previous: null, results })
const fileNamed = (name: string) =>
  new HttpResponse("Name", { headers: { "Content-Type": "text/csv", "Content-Disposition": `attachment; filename="${name}"` } })

beforeEach(() => {
  localStorage.clear()
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/crm/customers/", () => list(customer)),
    http.get("*/api/v1/crm/customer-tags/", () => HttpResponse.json([])),
  )
})

it("a list is downloaded by its filters in the form asked for, which is remembered", async () => {
  const saved = vi.spyOn(file, "saveFile").mockImplementation(() => undefined)
  const asked: unknown[] = []
  server.use(
    http.post("*/api/v1/crm/exports/customers/", async ({ request }) => {
      asked.push(new URL(request.url).search, await request.json())
      return fileNamed("customers-2026-11-21.csv")
    }),
  )
  const { user } = renderRoute("/crm/customers?q=zere")
  await user.click(await screen.findByRole("button", { name: "Download" }))
  // Within the dialog alone: looking through the whole page takes a second each time.
  const dialog = within(await screen.findByRole("dialog", { name: "Download the list" }))
  expect(dialog.queryByLabelText("Semicolon ;")).toBeNull()
  await user.click(dialog.getByLabelText("CSV"))
  await user.click(dialog.getByLabelText("Semicolon ;"))
  await user.click(dialog.getByRole("switch"))
  await user.click(dialog.getByText("Download"))

  await waitFor(() => expect(saved.mock.calls[0]?.[1]).toBe("customers-2026-11-21.csv"))
  expect(asked).toEqual(["?q=zere&ordering=-last_order_at", { file_type: "csv", divider: ";", has_mark: false }])
  await waitFor(() => expect(screen.queryByText("Download the list")).toBeNull())
  await user.click(screen.getByText("Download"))
  expect(await screen.findByLabelText("Semicolon ;")).toBeChecked()
})

it("a list that is too long says where its file will be, and a refusal stays in the dialog", async () => {
  const saved = vi.spyOn(file, "saveFile").mockImplementation(() => undefined)
  server.use(
    http.post("*/api/v1/crm/exports/customers/", () => problem(409, { code: "too_many_exports", title: "Wait", detail: "Wait until one is ready." }), {
      once: true,
    }),
    http.post("*/api/v1/crm/exports/customers/", () => HttpResponse.json(row, { status: 202 })),
    http.get("*/api/v1/crm/exports/", () => list(row)),
  )
  const { user, router } = renderRoute("/crm/customers")
  await user.click(await screen.findByRole("button", { name: "Download" }))
  const save = within(await screen.findByRole("dialog")).getByText("Download")
  await user.click(save)
  expect(await screen.findByRole("alert")).toHaveTextContent("Wait until one is ready.")
  await user.click(save)
  expect(await screen.findByText("This list is long.")).toBeVisible()
  expect(saved).not.toHaveBeenCalled()

  await user.click(screen.getByText("My files"))
  expect(await screen.findByText("In the queue")).toBeVisible()
  expect(router.state.location.pathname).toBe("/crm/exports")
})

it("a file shows how far it is, and is downloaded once it is ready", async () => {
  const saved = vi.spyOn(file, "saveFile").mockImplementation(() => undefined)
  let now: ExportRow = { ...row, rows_done: 3000 }
  server.use(
    http.get("*/api/v1/crm/exports/", () => list(now)),
    http.get("*/api/v1/crm/exports/7/file/", () => fileNamed("customers-2026-11-21.csv")),
  )
  const { user, queryClient } = renderRoute("/crm/exports")
  expect(await screen.findByText("3,000 of 12,000 rows")).toBeVisible()
  expect(screen.queryByRole("button", { name: /^Download/ })).toBeNull()

  now = { ...now, status: "ready", rows_done: 12_001, rows_total: 12_001, finished_at: "2026-11-21T10:05:00Z" }
  await queryClient.invalidateQueries({ queryKey: ["crm", "exports"] })
  expect(await screen.findByText("12,001 rows")).toBeVisible()
  await user.click(screen.getByRole("button", { name: "Download customers-2026-11-21.csv" }))
  await waitFor(() => expect(saved.mock.calls[0]?.[1]).toBe("customers-2026-11-21.csv"))
})

it("without files the page says what comes here, and a failure can be tried again", async () => {
  let isBroken = true
  server.use(http.get("*/api/v1/crm/exports/", () => (isBroken ? problem(500, { code: "server_error", title: "Broken" }) : list())))
  const { user } = renderRoute("/crm/exports")
  const retry = await screen.findByRole("button", { name: /again/i })
  isBroken = false
  await user.click(retry)
  expect(await screen.findByText("No files yet")).toBeVisible()
})
