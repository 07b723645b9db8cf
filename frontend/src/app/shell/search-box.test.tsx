import { screen, waitFor } from "@testing-library/react"
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
  start_datetime: "2026-12-01T14:00:00Z",
  timezone: "Asia/Almaty",
  city: "Almaty",
  cover: null,
}
const page = (results: unknown[]) => ({ count: results.length, next: null, previous: null, results })
let asked: string[]

beforeEach(() => {
  endSession()
  asked = []
  server.use(
    http.get("*/api/v1/events/", ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("q") ?? "")
      return HttpResponse.json(page([race]))
    }),
    http.get("*/api/v1/products/", () => HttpResponse.json({ ...page([]), corrected_q: null, facets: null })),
  )
})

async function typeInField(words: string) {
  const { user, router } = renderRoute("/no/such/page")
  await screen.findByRole("heading", { level: 1 })
  const [field] = await screen.findAllByRole("combobox", { name: "Search events and gear" })
  await user.click(field as HTMLElement)
  await user.paste(words)
  return { user, router, field: field as HTMLElement }
}

it("leads by arrows and Enter to what is suggested, and asks the server once the typing has paused", async () => {
  const { user, router, field } = await typeInField("medeu")
  const option = await screen.findByRole("option", { name: /Medeu Night Run/ })
  expect(asked).toEqual(["medeu"])

  await user.keyboard("{ArrowDown}")
  expect(option).toHaveAttribute("aria-selected", "true")
  expect(field).toHaveAttribute("aria-activedescendant", option.id)
  await user.keyboard("{Enter}")

  await waitFor(() => expect(router.state.location.pathname).toBe("/events/medeu-night-run"))
})

it("closes its list on Escape and keeps the words", async () => {
  const { user, field } = await typeInField("medeu")
  await screen.findByRole("option", { name: /Medeu Night Run/ })

  await user.keyboard("{Escape}")

  expect(screen.queryByRole("option")).not.toBeInTheDocument()
  expect(field).toHaveAttribute("aria-expanded", "false")
  expect(field).toHaveValue("medeu")
})

it("takes the words themselves to the page of results", async () => {
  const { user, router } = await typeInField("medeu")

  await user.keyboard("{Enter}")

  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: "/search", search: { q: "medeu" } }))
})
