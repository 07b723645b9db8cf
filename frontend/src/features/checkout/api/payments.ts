import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"
import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import type { components } from "@/api/schema"
import { newKey } from "@/lib/new-key"

export type Payment = components["schemas"]["PaymentOutput"]
export type Card = Omit<components["schemas"]["MockChargeInputRequest"], "order_id">

const steps = [1_000, 2_000, 4_000]
export const patienceMs = 60_000

/** When to look again at something being decided: after 1, 2, then every 4 seconds; false after a minute. */
export function nextLook(looks: number, waitedMs: number): number | false {
  if (waitedMs >= patienceMs) return false
  return steps[Math.min(looks, steps.length - 1)] ?? false
}

export const paymentDetail = (id: number) =>
  queryOptions({
    queryKey: ["payments", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/payments/{payment_id}/", { params: { path: { payment_id: id } }, signal })),
    staleTime: 0,
  })

/**
 * Charge a card for an order. Each press of the button is a new attempt with a new key; only one that got no
 * answer is repeated under its own, so that a lost network cannot take the money twice.
 */
export function useCharge(orderNumber: string) {
  const queryClient = useQueryClient()
  const unanswered = useRef<{ key: string; card: string } | null>(null)
  return useMutation({
    networkMode: "always",
    mutationFn: async (card: Card): Promise<Payment> => {
      const typed = JSON.stringify(card)
      const key = unanswered.current?.card === typed ? unanswered.current.key : newKey()
      unanswered.current = { key, card: typed }
      try {
        const payment = await unwrap(
          api.POST("/api/v1/payments/mock/charge/", {
            params: { header: { "Idempotency-Key": key } },
            body: { order_id: orderNumber, ...card },
          }),
        )
        unanswered.current = null
        return payment
      } catch (error) {
        const refused = error instanceof ApiError && !error.isNetwork && error.status < 500
        if (refused) unanswered.current = null
        throw error
      }
    },
    onSuccess: (payment) => queryClient.setQueryData(paymentDetail(payment.id).queryKey, payment),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["orders"] }),
  })
}
