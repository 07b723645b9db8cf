import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { startSession } from "@/api/session"
import type { Mailing } from "@/features/crm/mailings/api"
import { seller } from "@/testing/people"
import { renderRoute } from "@/testing/render"
import { problem, server } from "@/testing/server"

const reach = { people: 128, mails: 120, silenced: 7, left_today: 2, a_day: 2 }

let draft: Mailing

beforeEach(() => {
  draft = {
    id: 7,
    status: "draft",
    subject: "Summer",
    body: "Six races.",
    event: null,
    ticket_type: null,
    attendance: null,
    q: "",
    tag: "Club",
    people: 0,
    mails: 0,
    silenced: 0,
    mails_sent: 0,
    mails_failed: 0,
    read: 0,
    unsubscribed: 0,
    created_at: "2026-09-01T10:00:00Z",
    started_at: null,
    sent_at: null,
  }
  startSession("token")
  server.use(
    http.get("*/api/v1/auth/me/", () => HttpResponse.json(seller)),
    http.get("*/api/v1/crm/customer-tags/", () => HttpResponse.json([{ name: "Club", customers: 3 }])),
    http.get("*/api/v1/crm/mailings/audience/", () => HttpResponse.json(reach)),
    http.get("*/api/v1/crm/mailings/7/", () => HttpResponse.json(draft)),
    http.get("*/api/v1/crm/mailings/7/preview/", () =>
      HttpResponse.json({ sender: "Aida Runs via Delux <hello@delux.test>", subject: draft.subject, html: "<html><head></head><body>Hi</body></html>", text: "Hi" }),
    ),
  )
})

it("a draft is seen as the mail it will be, with whom it reaches, and goes out by one press in a dialog", async () => {
  let presses = 0
  server.use(
    http.post("*/api/v1/crm/mailings/7/send/", () => {
      presses += 1
      draft = { ...draft, status: "sending", people: 128, mails: 120, mails_sent: 40, silenced: 7, started_at: "2026-09-01T11:00:00Z" }
      return HttpResponse.json(draft)
    }),
  )
  const { user } = renderRoute("/crm/mailings/7")
  expect(await screen.findByText("Aida Runs via Delux <hello@delux.test>")).toBeVisible()
  const frame = screen.getByTitle("The mail as you would get it")
  expect(frame).toHaveAttribute("sandbox", expect.not.stringContaining("allow-scripts"))
  expect(await screen.findByText("128")).toBeVisible()
  expect(screen.getByText("7")).toBeVisible()
  expect(presses).toBe(0)

  await user.click(screen.getByRole("button", { name: "Send…" }))
  const dialog = await screen.findByRole("dialog")
  await user.click(await within(dialog).findByRole("button", { name: "Send to 128 people" }))

  expect(await screen.findByText("40 of 120 mails are out")).toBeVisible()
  expect(presses).toBe(1)
})

it("what the server refuses is said in the dialog, and the draft stays", async () => {
  const refusal = { code: "enough_for_today", title: "Enough", detail: "People get no more messages of this kind today." }
  server.use(http.post("*/api/v1/crm/mailings/7/send/", () => problem(409, refusal)))
  const { user } = renderRoute("/crm/mailings/7")
  await user.click(await screen.findByRole("button", { name: "Send…" }))
  const dialog = await screen.findByRole("dialog")
  await user.click(await within(dialog).findByRole("button", { name: "Send to 128 people" }))
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("no more messages of this kind today")
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }))
  expect(await screen.findByText("Draft")).toBeVisible()
})

it("a new message keeps the list's search and tag, and shows itself once it is saved", async () => {
  let sent: unknown
  let asked = ""
  server.use(
    http.get("*/api/v1/crm/mailings/audience/", ({ request }) => {
      asked = new URL(request.url).search
      return HttpResponse.json(reach)
    }),
    http.post("*/api/v1/crm/mailings/", async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(draft, { status: 201 })
    }),
  )
  const { user } = renderRoute("/crm/mailings/new?q=serik&tag=club")
  expect(await screen.findByRole("button", { name: "Club", pressed: true })).toBeVisible()
  await waitFor(() => expect(asked).toBe("?q=serik&tag=club"))
  await user.type(screen.getByRole("textbox", { name: "Subject" }), "Summer")
  await user.type(screen.getByRole("textbox", { name: "Text" }), "Six races.")
  await user.click(screen.getByRole("button", { name: "Save and preview" }))
  expect(await screen.findByTitle("The mail as you would get it")).toBeVisible()
  expect(sent).toEqual({ q: "serik", tag: "club", subject: "Summer", body: "Six races." })
})

it("an empty message names its fields and is not sent", async () => {
  const { user } = renderRoute("/crm/mailings/new")
  await user.click(await screen.findByRole("button", { name: "Save and preview" }))
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Subject" })).toBeInvalid())
  expect(screen.getByRole("textbox", { name: "Text" })).toBeInvalid()
})
