import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { endSession, startSession } from "@/api/session"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const token = `x.${btoa(JSON.stringify({ sub: "1", iat: 0, exp: 4_000_000_000 }))}.x`
const byPhone = {
  id: 1,
  email: null,
  email_verified: false,
  phone: "+77012345678",
  phone_verified: true,
  first_name: "Dana",
  last_name: "",
  avatar: null,
  city: "",
  market: "KZ",
  language: "en",
  has_password: false,
  organizer: null,
}
let sent: unknown[]
let saved: unknown[]

beforeEach(() => {
  endSession()
  sent = []
  saved = []
  server.use(
    http.get("*/api/v1/cart/", () => HttpResponse.json({ lines: [], item_count: 0 })),
    http.get("*/api/v1/notifications/", () => HttpResponse.json({ results: [], unread_count: 0, count: 0 })),
    http.patch("*/api/v1/auth/me/", async ({ request }) => {
      saved.push(await request.json())
      return HttpResponse.json(byPhone)
    }),
    http.post("*/api/v1/auth/me/:way/", async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ challenge: `c${sent.length}`, expires_at: "2026-01-01T00:05:00Z" })
    }),
  )
})

async function arrive(person: object, { phone = true } = {}) {
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(person)),
    http.get("*/api/v1/auth/providers/", () => HttpResponse.json({ google: { enabled: false }, phone: { enabled: phone } })),
  )
  startSession(token)
  const { user } = renderRoute("/profile")
  await screen.findByRole("heading", { name: "About you" })
  return user
}

it("gives whoever came by phone an e-mail, by the code mailed there", async () => {
  server.use(
    http.post("*/api/v1/auth/me/email/confirm/", async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ ...byPhone, email: "dana@example.com", email_verified: true })
    }),
  )
  const user = await arrive(byPhone)

  await user.click(await screen.findByRole("button", { name: "Add an e-mail" }))
  await user.type(await screen.findByRole("textbox", { name: "E-mail" }), "dana@example.com")
  await user.click(screen.getByRole("button", { name: "Send the code" }))
  expect(await screen.findByRole("textbox", { name: "Code from the mail" })).toHaveFocus()
  await user.paste("042 917")
  await user.click(screen.getByRole("button", { name: "Confirm" }))

  expect(await screen.findByText("Your e-mail is confirmed")).toBeInTheDocument()
  expect(sent).toEqual([{ email: "dana@example.com" }, { challenge: "c1", code: "042917" }])
  expect(await screen.findByText("Confirmed. Tickets and receipts come here.")).toBeInTheDocument()
})

it("begins anew where the number is somebody else's", async () => {
  server.use(
    http.post("*/api/v1/auth/me/phone/confirm/", () =>
      problem(409, { code: "phone_taken", errors: [{ pointer: "/phone", code: "phone_taken", detail: "There is another account" }] }),
    ),
  )
  const user = await arrive({ ...byPhone, phone_verified: false, email: "dana@example.com", email_verified: true })

  await user.click(await screen.findByRole("button", { name: "Confirm the number" }))
  expect(await screen.findByRole("textbox", { name: "Phone" })).toHaveValue("+77012345678")
  await user.click(screen.getByRole("button", { name: "Send the code" }))
  await user.type(await screen.findByRole("textbox", { name: "Code from the SMS" }), "042917")
  await user.click(screen.getByRole("button", { name: "Confirm" }))

  expect(await screen.findByText("There is another account")).toBeInTheDocument()
  expect(screen.getByRole("textbox", { name: "Phone" })).toBeInvalid()
})

it("leaves the number out of what is said about oneself where a code changes it", async () => {
  const user = await arrive(byPhone)
  await screen.findByRole("button", { name: "Change the number" })

  await user.type(screen.getByRole("textbox", { name: "City" }), "Almaty")
  await user.click(screen.getByRole("button", { name: "Save" }))

  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).not.toHaveProperty("phone")
})

it("keeps the number a line of the profile where no SMS are sent", async () => {
  await arrive({ ...byPhone, email: "dana@example.com" }, { phone: false })

  expect(await screen.findByRole("textbox", { name: "Phone" })).toHaveValue("+77012345678")
  expect(screen.queryByRole("heading", { name: "How we reach you" })).not.toBeInTheDocument()
})
