import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { renderHook, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import type { ReactNode } from "react"
import { beforeEach, expect, it } from "vitest"
import { problem, server } from "@/testing/server"
import { nextLook, useCharge } from "./payments"

const card = { card_number: "4111 1111 1111 1111", exp_month: 12, exp_year: 2030, cvc: "123" }
let keys: (string | null)[]

beforeEach(() => {
  keys = []
})

function answerCharge(...answers: (() => Response)[]) {
  server.use(
    http.post("*/api/v1/payments/mock/charge/", ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"))
      return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? HttpResponse.error()
    }),
  )
}

function charging() {
  const client = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  return renderHook(() => useCharge("DX-1"), { wrapper })
}

const payment = (status: string) => () => HttpResponse.json({ id: 5, status }, { status: 201 })

it("looks after one second, after two, then every four, and stops after a minute", () => {
  expect([0, 1, 2, 9].map((looks) => nextLook(looks, 0))).toEqual([1_000, 2_000, 4_000, 4_000])
  expect(nextLook(3, 60_000)).toBe(false)
})

it("repeats a charge that got no answer under the same key", async () => {
  answerCharge(() => HttpResponse.error(), payment("succeeded"))
  const { result } = charging()

  result.current.mutate(card)
  await waitFor(() => expect(result.current.isError).toBe(true))
  result.current.mutate(card)
  await waitFor(() => expect(result.current.isSuccess).toBe(true))

  expect(keys).toHaveLength(2)
  expect(keys[1]).toBe(keys[0])
})

it("tries again after a decline under a new key", async () => {
  answerCharge(payment("failed"), payment("succeeded"))
  const { result } = charging()

  await result.current.mutateAsync(card)
  await result.current.mutateAsync(card)

  expect(new Set(keys).size).toBe(2)
})

it("takes a refusal as an answer: the next try is a new one", async () => {
  answerCharge(() => problem(409, { code: "payment_in_progress" }), payment("succeeded"))
  const { result } = charging()

  await expect(result.current.mutateAsync(card)).rejects.toThrow("Refused")
  await result.current.mutateAsync(card)

  expect(new Set(keys).size).toBe(2)
})
