import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { renderHook, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import type { ReactNode } from "react"
import { beforeEach, expect, it, vi } from "vitest"
import { problem, server } from "@/testing/server"
import { openAttempt, usePlaceOrder, type OrderWish } from "./place-order"

const wish: OrderWish = { delivery_type: "none", expected_total: "12000.00" }
const kept = { key: "k1", wish }
let asked: { key: string | null; wish: unknown }[]

beforeEach(() => {
  asked = []
  sessionStorage.clear()
})

function answerOrders(...answers: (() => Response)[]) {
  server.use(
    http.post("*/api/v1/orders/", async ({ request }) => {
      asked.push({ key: request.headers.get("Idempotency-Key"), wish: await request.json() })
      return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? HttpResponse.error()
    }),
  )
}

function placing(onPlaced: Parameters<typeof usePlaceOrder>[0] = () => undefined) {
  const client = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  return renderHook(() => usePlaceOrder(onPlaced), { wrapper })
}

const order = (number: string) => () => HttpResponse.json({ order_number: number }, { status: 201 })

it("asks again under the same key until the network answers", async () => {
  answerOrders(() => HttpResponse.error(), order("DX-1"))

  expect(await placing().result.current.mutateAsync(wish)).toEqual({ order_number: "DX-1" })

  expect(asked).toHaveLength(2)
  expect(asked[1]?.key).toBe(asked[0]?.key)
  expect(openAttempt()).toBeNull()
})

it("comes back after a reload to the order it had asked for", async () => {
  sessionStorage.setItem("delux.checkout", JSON.stringify(kept))
  answerOrders(order("DX-1"))

  await placing().result.current.mutateAsync(wish)

  expect(asked).toEqual([kept])
})

it("tells of the order although the form went away with the basket", async () => {
  const onPlaced = vi.fn()
  answerOrders(order("DX-1"))
  const form = placing(onPlaced)

  form.result.current.mutate(wish)
  form.unmount()

  await waitFor(() => expect(onPlaced).toHaveBeenCalledWith({ order_number: "DX-1" }, wish))
})

it("finds out what became of an open attempt before it asks for something else", async () => {
  sessionStorage.setItem("delux.checkout", JSON.stringify(kept))
  answerOrders(order("DX-1"))

  const placed = await placing().result.current.mutateAsync({ ...wish, delivery_type: "pickup" })

  expect(placed).toEqual({ order_number: "DX-1" })
  expect(asked).toEqual([kept])
})

it("asks for the new wish once the open attempt is known to be refused", async () => {
  sessionStorage.setItem("delux.checkout", JSON.stringify(kept))
  answerOrders(() => problem(409, { code: "price_changed" }), order("DX-2"))

  const placed = await placing().result.current.mutateAsync({ ...wish, expected_total: "13000.00" })

  expect(placed).toEqual({ order_number: "DX-2" })
  expect(asked[1]?.key).not.toBe("k1")
})

it("forgets a refused attempt", async () => {
  answerOrders(() => problem(409, { code: "not_enough_stock" }))

  await expect(placing().result.current.mutateAsync(wish)).rejects.toMatchObject({ code: "not_enough_stock" })

  expect(openAttempt()).toBeNull()
})
