import { useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { me } from "./me"

type Answer = components["schemas"]["AnswerInputRequest"]
/** What one is reached by. */
export type Way = "email" | "phone"

/** Have a code sent that makes an e-mail or a number the person's own. */
export const useSendContactCode = (way: Way) =>
  useMutation({
    mutationFn: (said: string) =>
      way === "phone"
        ? unwrap(api.POST("/api/v1/auth/me/phone/", { body: { phone: said } }))
        : unwrap(api.POST("/api/v1/auth/me/email/", { body: { email: said } })),
  })

export function useConfirmContact(way: Way) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Answer) =>
      way === "phone"
        ? unwrap(api.POST("/api/v1/auth/me/phone/confirm/", { body }))
        : unwrap(api.POST("/api/v1/auth/me/email/confirm/", { body })),
    onSuccess: (person) => queryClient.setQueryData(me().queryKey, person),
  })
}
