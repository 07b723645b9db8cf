import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { startSession } from "@/api/session"
import type { TableImport } from "@/features/crm/imports/api"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

let table: TableImport

beforeEach(() => {
  table = {
    id: 3,
    status: "checked",
    file_name: "goods.csv",
    rows_total: 3,
    new_count: 0,
    changed_count: 1,
    same_count: 1,
    bad_count: 1,
    skip_bad: false,
    created_at: "2026-09-01T10:00:00Z",
    finished_at: null,
    faults: [{ line: 4, column: "price", detail: "A price such as 12000 or 12000.50." }],
    sample: [
      { line: 2, kind: "change", key: "CAP-1", title: "Running cap", cells: [{ column: "price", before: "9900.00", after: "8900.00" }] },
    ],
  }
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/crm/goods-imports/3/", () => HttpResponse.json(table)),
    http.get("*/api/v1/crm/goods-imports/", () => HttpResponse.json({ count: 1, next: null, previous: null, results: [table] })),
  )
})

it("a compared table shows its mistakes and changes, and is applied without bad rows only when told so", async () => {
  let sent: unknown
  server.use(
    http.post("*/api/v1/crm/goods-imports/3/confirm/", async ({ request }) => {
      sent = await request.json()
      table = { ...table, status: "done", skip_bad: true, finished_at: "2026-09-01T10:05:00Z" }
      return HttpResponse.json(table)
    }),
  )
  const { user } = renderRoute("/crm/products/import?table=3")
  expect(await screen.findByText("A price such as 12000 or 12000.50.")).toBeVisible()
  expect(screen.getByText("9900.00")).toBeVisible()
  expect(screen.getByText("8900.00")).toBeVisible()
  const apply = screen.getByRole("button", { name: "Apply 1 change" })
  expect(apply).toBeDisabled()

  await user.click(screen.getByRole("switch", { name: /Leave out 1 row with mistakes/ }))
  await user.click(apply)

  expect(await screen.findByText("Applied")).toBeVisible()
  expect(sent).toEqual({ skip_bad: true })
  expect(screen.queryByRole("button", { name: "Apply 1 change" })).toBeNull()
})

it("a file that is no table is refused in words, and the page stays", async () => {
  const refusal = { code: "bad_table", title: "No table", detail: "The text is not in UTF-8." }
  server.use(http.post("*/api/v1/crm/goods-imports/", () => problem(400, refusal)))
  const { user, router } = renderRoute("/crm/products/import")
  await screen.findByRole("button", { name: "Choose a file" })
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')
  await user.upload(input as HTMLInputElement, new File(["x"], "goods.csv", { type: "text/csv" }))
  expect(await screen.findByRole("alert")).toHaveTextContent("not in UTF-8")
  expect(router.state.location.search).toEqual({})
})

it("a sent table has an address of its own", async () => {
  server.use(http.post("*/api/v1/crm/goods-imports/", () => HttpResponse.json({ ...table, status: "checking" }, { status: 201 })))
  const { user, router } = renderRoute("/crm/products/import")
  expect(await screen.findByRole("link", { name: "goods.csv" })).toBeVisible()
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')
  await user.upload(input as HTMLInputElement, new File(["SKU"], "goods.csv", { type: "text/csv" }))
  await waitFor(() => expect(Number((router.state.location.search as { table?: unknown }).table)).toBe(3))
  expect(await screen.findByText("Compared")).toBeVisible()
})

it("a table of customers is compared and applied at its own address", async () => {
  table = {
    ...table,
    bad_count: 0,
    faults: [],
    sample: [{ line: 2, kind: "change", key: "zere@example.com", title: "Zere S", cells: [{ column: "tags", before: null, after: "Club, Wave 2" }] }],
  }
  let sent: unknown
  server.use(
    http.get("*/api/v1/crm/customer-imports/3/", () => HttpResponse.json(table)),
    http.post("*/api/v1/crm/customer-imports/3/confirm/", async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({ ...table, status: "done", finished_at: "2026-09-01T10:05:00Z" })
    }),
  )
  const { user } = renderRoute("/crm/customers/import?table=3")
  expect(await screen.findByText("Club, Wave 2")).toBeVisible()
  expect(screen.queryByText("New")).toBeNull()

  await user.click(screen.getByText("Apply 1 change"))

  expect((await screen.findByText("To the customers")).closest("a")).toHaveAttribute("href", "/crm/customers")
  expect(sent).toEqual({ skip_bad: false })
})
