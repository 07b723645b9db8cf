import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { endSession } from "@/api/session"
import { renderRoute } from "@/testing/render"
import { server } from "@/testing/server"

const race = {
  id: 1,
  slug: "medeu-night-run",
  title: "Medeu Night Run",
  category: { slug: "run", name: "Running" },
  format: "offline",
  status: "published",
  start_datetime: "2026-12-01T14:00:00Z",
  end_datetime: "2026-12-01T16:00:00Z",
  timezone: "Asia/Almaty",
  market: "KZ",
  city: "Almaty",
  cover: null,
  organizer: { display_name: "Chuy Road", slug: "chuy-road", verified: false },
  price_from: "7000.00",
  currency: "KZT",
  is_free: false,
  tickets_left: 40,
}
const facets = {
  sports: [
    { slug: "run", name: "Running", count: 12 },
    { slug: "yoga", name: "Yoga", count: 0 },
  ],
  cities: [{ value: "Almaty", count: 9 }, { value: "Astana", count: 3 }],
  formats: [{ value: "offline", count: 11 }],
  free: 4,
}
const productFacets = {
  categories: [{ slug: "shoes", parent: null, name: "Shoes", count: 5 }],
  brands: [{ slug: "tempo", name: "Tempo", count: 3 }],
  sizes: [{ value: "42", count: 2 }, { value: "43", count: 1 }],
  colours: [],
  price: null,
}
let found: { count: number; results: unknown[] }
let asked: string[]

beforeEach(() => {
  endSession()
  found = { count: 1, results: [race] }
  asked = []
  server.use(
    http.get("*/api/v1/event-categories/", () => HttpResponse.json(facets.sports)),
    http.get("*/api/v1/event-facets/", () => HttpResponse.json(facets)),
    http.get("*/api/v1/events/", ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json({ next: null, previous: null, ...found })
    }),
    http.get("*/api/v1/products/", ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json({ count: 0, next: null, previous: null, results: [], corrected_q: null, facets: productFacets })
    }),
  )
})

const active = () => screen.findByRole("group", { name: "Active filters" })
const chips = async () => within(await active()).getAllByRole("button").map((chip) => chip.textContent)

it("writes beside each choice how many events it leaves", async () => {
  renderRoute("/events")

  expect(await screen.findByRole("button", { name: "Running 12" })).toBeInTheDocument()
  expect(screen.getByRole("option", { name: "Almaty (9)" })).toBeInTheDocument()
  expect(screen.getByRole("option", { name: "Online (0)" })).toBeInTheDocument()
  expect(screen.getByRole("checkbox", { name: "Free (4)" })).toBeInTheDocument()
  expect(screen.queryByRole("group", { name: "Active filters" })).not.toBeInTheDocument()
})

it("names what narrows the events, takes one away, then all, and keeps the order they stand in", async () => {
  const { user, router } = renderRoute(
    "/events?q=night&sport_type=run&city=almaty&date_from=2026-12-01&price_max=9000&is_free=true&organizer=chuy-road&ordering=newest&page=2",
  )
  await screen.findByRole("heading", { name: "Medeu Night Run" })

  await waitFor(async () =>
    expect(await chips()).toEqual([
      "“night”", "Running", "almaty", "from Dec 1, 2026", "up to ₸9,000", "Free", "Organizer: Chuy Road", "Clear all",
    ]),
  )
  expect(screen.getByLabelText("City")).toHaveDisplayValue("Almaty (9)")

  await user.click(screen.getByRole("button", { name: "Remove filter: Running" }))
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty("sport_type"))
  expect(router.state.location.search).not.toHaveProperty("page")

  await user.click(screen.getByRole("button", { name: "Clear all" }))
  await waitFor(() => expect(router.state.location.search).toEqual({ ordering: "newest" }))
})

it("leaves out of a link what makes no sense, and says so", async () => {
  renderRoute("/events?sport_type=trail%20run&date_from=2026-12-05&date_to=2026-12-01&view=globe")

  expect(await screen.findByText(/3 parts of this link .+: sport_type, view, date_to/)).toBeInTheDocument()
  expect(await chips()).toEqual(["from Dec 5, 2026", "Clear all"])
  expect(asked).not.toEqual([])
  expect(asked.every((query) => !query.includes("date_to") && !query.includes("sport_type"))).toBe(true)
})

it("leads from a page past the end to the first", async () => {
  found = { count: 30, results: [] }
  const { user, router } = renderRoute("/events?page=9")

  await user.click(await screen.findByRole("button", { name: "To the first page" }))

  await waitFor(() => expect(router.state.location.search).toEqual({}))
})

it("takes one of several values of a shop's filter away and keeps the others", async () => {
  const { user, router } = renderRoute("/shop?category=shoes&brand=tempo&size=42&size=43&in_stock=true&price_min=100")
  await waitFor(async () =>
    expect(await chips()).toEqual(["Shoes", "In stock only", "from ₸100", "Tempo", "Size: 42", "Size: 43", "Clear all"]),
  )

  await user.click(screen.getByRole("button", { name: "Remove filter: Size: 42" }))
  await waitFor(() => expect(router.state.location.search).toMatchObject({ size: "43", brand: "tempo" }))
  await user.click(screen.getByRole("button", { name: "Remove filter: Size: 43" }))
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty("size"))
})
