import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { endSession } from "@/api/session"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const point = (id: number, title: string, latitude: string, longitude: string, more = {}) => ({
  id,
  slug: `event-${id}`,
  title,
  start_datetime: "2026-12-01T14:00:00Z",
  timezone: "Asia/Almaty",
  city: "Almaty",
  latitude,
  longitude,
  price_from: "7000.00",
  currency: "KZT",
  is_free: false,
  ...more,
})
const run = point(1, "Medeu Night Run", "43.238900", "76.945500")
const yoga = point(2, "Yoga in the park", "43.238900", "76.945500", { price_from: "0.00", is_free: true })
const half = point(3, "Astana Half", "51.128200", "71.430700", { city: "Astana" })

let asked: URLSearchParams[]

function answer(results: unknown[], { count = results.length, complete = true } = {}) {
  server.use(
    http.get("*/api/v1/event-categories/", () => HttpResponse.json([{ slug: "run", name: "Running" }])),
    http.get("*/api/v1/event-facets/", () => HttpResponse.json({ sports: [], cities: [], formats: [], free: 0 })),
    http.get("*/api/v1/events/", () => HttpResponse.json({ count, next: null, previous: null, results: [] })),
    http.get("*/api/v1/event-points/", ({ request }) => {
      asked.push(new URL(request.url).searchParams)
      return HttpResponse.json({ results, complete })
    }),
  )
}

beforeEach(() => {
  endSession()
  asked = []
  // A map needs room to know what is in sight.
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600)
})

afterEach(() => document.querySelector('meta[name="map-tiles"]')?.remove())

const theMap = () => screen.findByRole("application", { name: "Map of events" })

it("asks for the points by the list's filters, and writes them beside the map", async () => {
  answer([run, yoga, half], { count: 5 })
  renderRoute("/events?view=map&sport_type=run&ordering=price&page=3")

  const list = await screen.findByRole("region", { name: "Events on the map" })
  expect(within(list).getAllByRole("link").map((link) => link.textContent)).toEqual(["Medeu Night Run", "Yoga in the park", "Astana Half"])
  expect(within(list).getByText(/2 more events are online or have no point/)).toBeInTheDocument()
  expect(Object.fromEntries(asked[0] ?? [])).toEqual({ sport_type: "run", market: "KZ" })
})

it("opens what stands on one spot by the keyboard, and Escape leads back to the pin", async () => {
  answer([run, yoga, half])
  const { user } = renderRoute("/events?view=map")
  const pin = await within(await theMap()).findByRole("button", { name: "2 events, Almaty" })

  pin.focus()
  await user.keyboard("{Enter}")

  const card = await screen.findByRole("region", { name: "Chosen on the map" })
  expect(within(card).getByRole("link", { name: "Medeu Night Run" })).toHaveFocus()
  expect(within(card).getByText("Free")).toBeInTheDocument()
  await user.keyboard("{Escape}")
  expect(screen.queryByRole("region", { name: "Chosen on the map" })).not.toBeInTheDocument()
  expect(pin).toHaveFocus()
})

it("names a single pin in full and shows its price", async () => {
  answer([run, half])
  renderRoute("/events?view=map")

  const pin = await within(await theMap()).findByRole("button", { name: /^Medeu Night Run, Dec 1, .+, ₸7,000$/ })
  expect(pin).toHaveTextContent("₸7,000")
})

it("writes the towns and says why where there are no pictures of the land", async () => {
  answer([run, yoga, half])
  renderRoute("/events?view=map")

  expect(await within(await theMap()).findByText("Astana")).toBeInTheDocument()
  expect(screen.getByText(/without a picture of the land/)).toBeInTheDocument()
})

it("goes on without the pictures when they cannot be fetched", async () => {
  const tag = Object.assign(document.createElement("meta"), { name: "map-tiles", content: "https://tiles.test/{z}/{x}/{y}.png" })
  document.head.append(tag)
  answer([run])
  renderRoute("/events?view=map")
  const picture = await waitFor(() => {
    const found = document.querySelector<HTMLImageElement>("img.leaflet-tile")
    expect(found).not.toBeNull()
    return found
  })

  picture?.dispatchEvent(new Event("error"))

  expect(await screen.findByText(/could not be loaded/)).toBeInTheDocument()
  expect(await within(await theMap()).findByText("Almaty")).toBeInTheDocument()
})

it("keeps where it looks in the address, and begins there", async () => {
  answer([run, half])
  const { user, router } = renderRoute("/events?view=map&at=43.2389_76.9455_12")

  const list = await screen.findByRole("region", { name: "Events on the map" })
  await waitFor(() => expect(within(list).getAllByRole("link").map((link) => link.textContent)).toEqual(["Medeu Night Run"]))
  const steps = router.history.length
  await user.click(screen.getByRole("button", { name: "Zoom in" }))

  await waitFor(() => expect(router.state.location.search).toEqual({ view: "map", at: "43.2389_76.9455_13" }))
  expect(router.history.length).toBe(steps)
})

it("ignores a place that is on no map, and says so", async () => {
  answer([run, half])
  const { router } = renderRoute("/events?view=map&at=Almaty")

  const list = await screen.findByRole("region", { name: "Events on the map" })
  expect(within(list).getAllByRole("link")).toHaveLength(2)
  expect(router.state.location.search).toEqual({ view: "map" })
  expect(await screen.findByText(/not understood and left out/)).toBeInTheDocument()
})

it("asks for a part of the map once the whole of it was too much", async () => {
  answer([run, half], { count: 900, complete: false })
  const { user } = renderRoute("/events?view=map")
  expect(await screen.findByText(/shows the soonest ones/)).toBeInTheDocument()

  await user.click(screen.getByRole("button", { name: "Zoom in" }))

  await waitFor(() => expect(asked.length).toBeGreaterThan(1))
  const box = asked.at(-1)
  expect(Number(box?.get("south"))).toBeGreaterThan(-90)
  expect(Number(box?.get("north"))).toBeGreaterThan(Number(box?.get("south")))
})

it("leads to the list when nothing of it has a place", async () => {
  answer([], { count: 2 })
  const { user, router } = renderRoute("/events?view=map&city=Almaty")

  await user.click(await screen.findByRole("button", { name: "Show as a list" }))

  await waitFor(() => expect(router.state.location.search).toEqual({ city: "Almaty" }))
})

it("says that the points could not be had, and asks again", async () => {
  answer([run])
  server.use(http.get("*/api/v1/event-points/", () => problem(500), { once: true }))
  const { user } = renderRoute("/events?view=map")

  await user.click(await screen.findByRole("button", { name: "Try again" }))

  expect(await theMap()).toBeInTheDocument()
})

it("keeps the filters from list to map, and Back returns to the list", async () => {
  answer([run])
  const { user, router } = renderRoute("/events?city=Almaty")

  await user.click(await screen.findByRole("button", { name: "Map" }))
  await theMap()
  expect(router.state.location.search).toEqual({ city: "Almaty", view: "map" })
  expect(screen.queryByLabelText("Sort by")).not.toBeInTheDocument()

  router.history.back()
  await waitFor(() => expect(router.state.location.search).toEqual({ city: "Almaty" }))
})
