import { screen } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { afterEach, expect, it } from "vitest"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const TOKEN = "*/api/v1/unsubscribe/abc%3Adef/"
afterEach(() => window.history.replaceState(null, "", "/"))

function open() {
  window.history.replaceState(null, "", "/unsubscribe#abc:def")
  return renderRoute("/unsubscribe")
}

it("a guest ends an organizer's news by one press, and takes it back by another", async () => {
  let silenced = false
  const answer = () => HttpResponse.json({ organizer_name: "Steppe", organizer_slug: "steppe", is_silenced: silenced })
  server.use(
    http.get(TOKEN, answer),
    http.post(TOKEN, () => {
      silenced = true
      return answer()
    }),
    http.delete(TOKEN, () => {
      silenced = false
      return answer()
    }),
  )
  const { user } = open()
  expect(await screen.findByText("No more news from Steppe?")).toBeVisible()
  expect(silenced).toBe(false)
  await user.click(screen.getByRole("button", { name: "No more news" }))
  expect(await screen.findByText("Steppe sends you no more news")).toBeVisible()
  expect(silenced).toBe(true)
  await user.click(screen.getByRole("button", { name: "I want the news after all" }))
  expect(await screen.findByText("No more news from Steppe?")).toBeVisible()
  expect(silenced).toBe(false)
})

it("a link that is not ours says so", async () => {
  server.use(http.get(TOKEN, () => problem(404, { code: "not_found", title: "Not found" })))
  open()
  expect(await screen.findByText(/This link is not whole/i)).toBeVisible()
})
