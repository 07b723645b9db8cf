import { QueryClient } from "@tanstack/react-query"
import { http, HttpResponse } from "msw"
import { expect, it } from "vitest"
import { endSession, startSession } from "@/api/session"
import { server } from "@/testing/server"
import { keptTicket } from "./kept-tickets"
import { ticketDetail, ticketList } from "./tickets"

const ticket = { id: 7, code: "secret-code", event: { title: "Medeu Night Run" } }
const token = (person: number) => `x.${btoa(JSON.stringify({ user_id: person }))}.y`

async function seen(id = 7) {
  return new QueryClient().fetchQuery(ticketDetail(id))
}

function online() {
  server.use(
    http.get("*/api/v1/tickets/7/", () => HttpResponse.json(ticket)),
    http.get("*/api/v1/tickets/", () => HttpResponse.json({ count: 1, next: null, previous: null, results: [ticket] })),
  )
}

function unreachable() {
  server.use(
    http.get("*/api/v1/tickets/7/", () => HttpResponse.error()),
    http.get("*/api/v1/tickets/", () => HttpResponse.error()),
    http.post("*/api/v1/auth/token/refresh/", () => HttpResponse.error()),
  )
}

it("shows a ticket seen before when the network is gone, and the list of them", async () => {
  online()
  startSession(token(1))
  await seen()
  await new QueryClient().fetchQuery(ticketList({ when: "upcoming", page: 1 }))

  unreachable()

  expect((await seen()).code).toBe("secret-code")
  expect((await new QueryClient().fetchQuery(ticketList({ when: "upcoming", page: 1 }))).results).toHaveLength(1)
})

it("does not bring back a ticket the server refuses", async () => {
  online()
  startSession(token(1))
  await seen()

  server.use(http.get("*/api/v1/tickets/7/", () => HttpResponse.json({ code: "not_found" }, { status: 404 })))

  await expect(seen()).rejects.toMatchObject({ status: 404 })
  expect(keptTicket(7)).toBeUndefined()
})

it("leaves nothing of a person on the device after sign-out", async () => {
  online()
  startSession(token(1))
  await seen()
  expect(JSON.stringify({ ...localStorage })).toContain("secret-code")

  endSession()

  expect(JSON.stringify({ ...localStorage })).not.toContain("secret-code")
  expect(keptTicket(7)).toBeUndefined()
})

it("shows nobody the tickets of the person before", async () => {
  online()
  startSession(token(1))
  await seen()

  startSession(token(2))
  unreachable()

  expect(keptTicket(7)).toBeUndefined()
  await expect(seen()).rejects.toMatchObject({ status: 0 })
})

it("keeps nothing that arrives after sign-out", async () => {
  startSession(token(1))
  server.use(
    http.get("*/api/v1/tickets/7/", () => {
      endSession()
      return HttpResponse.json(ticket)
    }),
  )
  await seen()

  expect(JSON.stringify({ ...localStorage })).not.toContain("secret-code")
})
