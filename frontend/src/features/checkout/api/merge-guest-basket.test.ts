import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { problem, server } from "@/testing/server"
import { addToGuestBasket, clearGuestBasket, guestBasket } from "./guest-basket"
import { mergeGuestBasket } from "./merge-guest-basket"

let keys: (string | null)[]
let sent: unknown

beforeEach(() => {
  keys = []
  clearGuestBasket()
})

function answerMerge(...answers: (() => Response)[]) {
  server.use(
    http.post("*/api/v1/cart/merge/", async ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"))
      sent = await request.json()
      return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? HttpResponse.error()
    }),
  )
}

const merged = () => HttpResponse.json({ lines: [], changes: [] })

it("asks nothing of the server for an empty basket", async () => {
  expect(await mergeGuestBasket()).toBeNull()
})

it("hands the lines over once, however many ask at the same time", async () => {
  addToGuestBasket({ item_type: "ticket", ticket_type_id: 7, quantity: 2, seen_price: "10.00" })
  answerMerge(merged)

  await Promise.all([mergeGuestBasket(), mergeGuestBasket()])

  expect(keys).toHaveLength(1)
  expect(sent).toEqual({ lines: [{ item_type: "ticket", ticket_type_id: 7, quantity: 2 }] })
  expect(guestBasket()).toEqual([])
})

it("keeps the lines when no answer comes, and asks again under the same key", async () => {
  addToGuestBasket({ item_type: "product", variant_id: 7, quantity: 1 })
  answerMerge(() => HttpResponse.error(), merged)

  await expect(mergeGuestBasket()).rejects.toMatchObject({ code: "network" })
  expect(guestBasket()).toHaveLength(1)
  await mergeGuestBasket()

  expect(keys[1]).toBe(keys[0])
  expect(guestBasket()).toEqual([])
})

it("drops lines that the server cannot read, so that they never stand in the way again", async () => {
  addToGuestBasket({ item_type: "product", variant_id: 7, quantity: 1 })
  answerMerge(() => problem(400))

  expect(await mergeGuestBasket()).toBeNull()
  expect(guestBasket()).toEqual([])
})
