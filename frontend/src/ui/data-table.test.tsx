import { screen, within } from "@testing-library/react"
import { expect, it, vi } from "vitest"
import { render } from "@/testing/render"
import { DataTable, type Column } from "./data-table"

interface Row {
  name: string
  total: number
}

const rows: Row[] = [
  { name: "First", total: 5 },
  { name: "Second", total: 7 },
]

const columns: Column<Row>[] = [
  { key: "name", header: "Name", cell: (row) => row.name },
  { key: "total", header: "Total", cell: (row) => row.total, sort: "total", align: "end", total: 12 },
]

function draw(ordering: string) {
  const onOrdering = vi.fn()
  const props = { caption: "Orders", columns, rows, rowKey: (row: Row) => row.name, ordering, onOrdering }
  return { onOrdering, ...render(<DataTable {...props} />) }
}

function onPhone() {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) => ({ matches: query.includes("max-width"), media: query, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as never,
  )
}

it("says how it is sorted and turns the order over", async () => {
  const { onOrdering, user } = draw("-total")
  const header = screen.getByRole("columnheader", { name: /Total/ })
  expect(header).toHaveAttribute("aria-sort", "descending")

  await user.click(within(header).getByRole("button"))

  expect(onOrdering).toHaveBeenCalledExactlyOnceWith("total")
})

it("offers no sorting for a column the API cannot sort", () => {
  draw("total")
  expect(within(screen.getByRole("columnheader", { name: "Name" })).queryByRole("button")).not.toBeInTheDocument()
})

it("ends with the totals", () => {
  draw("total")
  expect(screen.getByRole("table", { name: "Orders" })).toHaveTextContent(/12$/)
})

it("becomes a list of cards on a phone, still sortable", async () => {
  onPhone()
  const { onOrdering, user } = draw("total")

  const cards = within(screen.getByRole("list", { name: "Orders" })).getAllByRole("listitem")
  expect(cards.map((card) => card.textContent)).toEqual(["FirstTotal5", "SecondTotal7"])
  await user.selectOptions(screen.getByRole("combobox", { name: "Order" }), "Total, descending")
  expect(onOrdering).toHaveBeenCalledExactlyOnceWith("-total")
})
