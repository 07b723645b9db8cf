import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it, vi } from "vitest"
import { endSession, sessionStatus, startSession } from "@/api/session"
import { saveFile } from "@/lib/save-file"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

vi.mock("@/lib/save-file", () => ({ saveFile: vi.fn() }))

const token = `x.${btoa(JSON.stringify({ sub: "1", iat: 0, exp: 4_000_000_000 }))}.x`
const person = { id: 1, email: "aigul@example.com", first_name: "Aigul", last_name: "", phone: null, city: "", market: "KZ", language: "en" }
let sent: unknown[]

beforeEach(() => {
  endSession()
  sent = []
  server.use(
    http.get("*/api/v1/auth/sessions/", () => HttpResponse.json([])),
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 0 })),
    http.get("*/api/v1/notifications/", () => HttpResponse.json({ results: [], unread_count: 0, count: 0 })),
    http.post("*/api/v1/auth/code/", () => HttpResponse.json({ challenge: "c1" })),
    http.post("*/api/v1/auth/me/erase/", async ({ request }) => {
      const body = (await request.json()) as { password?: string; code?: string }
      sent.push(body)
      const isRight = body.password === "right" || body.code === "123456"
      if (isRight) return new HttpResponse(null, { status: 204 })
      return problem(400, { errors: [{ pointer: "/password", code: "wrong_password", detail: "The current password is not right" }] })
    }),
  )
})

async function arrive({ has_password }: { has_password: boolean }) {
  server.use(http.get("*/api/v1/auth/me/", () => HttpResponse.json({ ...person, has_password, email_verified: true, organizer: null })))
  startSession(token)
  const { user } = renderRoute("/security")
  await screen.findByRole("heading", { name: "Your data" })
  return user
}

it("hands over everything as a file", async () => {
  server.use(http.get("*/api/v1/auth/me/data/", () => HttpResponse.json({ profile: {} })))
  const user = await arrive({ has_password: true })

  await user.click(screen.getByRole("button", { name: "Download my data" }))

  await waitFor(() => expect(saveFile).toHaveBeenCalledWith(expect.anything(), "delux-my-data.json"))
})

it("forgets the person who knows the password, and says at its field when it is another", async () => {
  const user = await arrive({ has_password: true })
  await user.click(screen.getByRole("button", { name: "Delete my account…" }))
  const field = await screen.findByLabelText("Current password", { selector: "[role=dialog] input, dialog input" })
  await user.type(field, "wrong")
  await user.click(screen.getByRole("button", { name: "Delete for good" }))
  expect(await screen.findByText("The current password is not right")).toBeInTheDocument()
  expect(sessionStatus()).toBe("signed-in")

  await user.clear(field)
  await user.type(field, "right")
  await user.click(screen.getByRole("button", { name: "Delete for good" }))

  await waitFor(() => expect(sessionStatus()).toBe("guest"))
  expect(sent).toEqual([{ password: "wrong" }, { password: "right" }])
})

it("mails a code to somebody without a password first", async () => {
  const user = await arrive({ has_password: false })
  await user.click(screen.getByRole("button", { name: "Delete my account…" }))
  await user.click(await screen.findByRole("button", { name: "Send me a code" }))

  await user.type(await screen.findByRole("textbox", { name: "Code from the mail" }), "123456")
  await user.click(screen.getByRole("button", { name: "Delete for good" }))

  await waitFor(() => expect(sessionStatus()).toBe("guest"))
  expect(sent).toEqual([{ challenge: "c1", code: "123456" }])
})
