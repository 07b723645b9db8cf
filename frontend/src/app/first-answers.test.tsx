import { QueryClient } from "@tanstack/react-query"
import { createMemoryHistory } from "@tanstack/react-router"
import { render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it } from "vitest"
import { makeQueryClient } from "@/api/query-client"
import { endSession } from "@/api/session"
import { App } from "@/app/app"
import { createRouter } from "@/app/router"
import { changeMarket } from "@/lib/market"
import { server } from "@/testing/server"
import { takeFirstAnswers } from "./first-answers"

const organizer = { slug: "tau", display_name: "Tau", verified: false, bio: "", city: "", logo: null }
const race = {
  id: 1,
  slug: "medeu-night-run",
  title: "Medeu Night Run",
  category: { slug: "run", name: "Running" },
  format: "offline",
  status: "published",
  start_datetime: "2036-12-01T14:00:00Z",
  end_datetime: "2036-12-01T16:00:00Z",
  timezone: "Asia/Almaty",
  market: "KZ",
  city: "Almaty",
  cover: null,
  organizer,
  price_from: "7000.00",
  currency: "KZT",
  is_free: false,
  tickets_left: 40,
  description: "<p>Up the stairs.</p>",
  location: null,
  ticket_types: [],
}
const shoes = {
  id: 2,
  slug: "tempo-shoes",
  title: "Tempo shoes",
  description: "",
  market: "KZ",
  currency: "KZT",
  rating: null,
  review_count: 0,
  in_stock: false,
  category_path: [],
  brand: null,
  organizer: { ...organizer, shipping_price: "0.00", pickup_address: "" },
  images: [],
  features: [],
  variants: [],
}
const page = (...results: unknown[]) => ({ count: results.length, next: null, previous: null, results })
const facets = { sports: [], cities: [], formats: [], free: 0 }
// Keys as backend/delux/pages/first_view.py writes them.
const categories = [["events", "categories"], [race.category]]
let asked: string[]

function bring(language: string, answers: unknown) {
  const block = document.createElement("script")
  block.type = "application/json"
  block.id = "first-answers"
  block.textContent = JSON.stringify({ language, answers })
  document.body.append(block)
}

function note({ request }: { request: Request }) {
  if (request.method === "GET") asked.push(request.url)
}

beforeEach(() => {
  endSession()
  changeMarket("KZ")
  asked = []
  server.events.on("request:start", note)
})

afterEach(() => server.events.removeAllListeners())

it.each([
  ["/events/medeu-night-run", "Medeu Night Run", [[["events", "detail", "medeu-night-run"], race]]],
  ["/shop/tempo-shoes", "Tempo shoes", [[["products", "detail", "tempo-shoes"], shoes]]],
  [
    "/",
    "Medeu Night Run",
    [
      [["events", "list", { page_size: 7, market: "KZ" }], page(race)],
      [["products", "list", { page_size: 10, market: "KZ", in_stock: true }], page()],
      categories,
    ],
  ],
  [
    "/events",
    "Medeu Night Run",
    [
      [["events", "list", { market: "KZ", page_size: 24 }], page(race)],
      [["events", "facets", { market: "KZ" }], facets],
      categories,
    ],
  ],
])("%s is drawn from what came with it, and asks for nothing", async (path, title, answers) => {
  bring("en", answers)
  const queryClient = makeQueryClient()
  takeFirstAnswers(queryClient, "en")
  const router = createRouter(queryClient, createMemoryHistory({ initialEntries: [path] }))
  await router.load()

  render(<App queryClient={queryClient} router={router} />)

  // At once: nothing is awaited here.
  expect(screen.getByRole("heading", { name: title })).toBeInTheDocument()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(asked).toEqual([])
})

it("leaves answers in another language where they are", () => {
  bring("ru", [[["events", "detail", "x"], race]])
  const queryClient = new QueryClient()

  takeFirstAnswers(queryClient, "en")

  expect(queryClient.getQueryData(["events", "detail", "x"])).toBeUndefined()
  expect(document.getElementById("first-answers")).toBeNull()
})

it("does without where a page brings none", () => {
  expect(() => takeFirstAnswers(new QueryClient(), "en")).not.toThrow()
})
