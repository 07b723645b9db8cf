import { useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { me } from "./me"

/** Have the link that confirms the e-mail mailed once more. */
export function useSendConfirmation() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/email/confirmation/")),
    // Refused where it was confirmed meanwhile: then the banner goes.
    onError: () => queryClient.invalidateQueries({ queryKey: me().queryKey }),
  })
}

export function useConfirmEmail() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (token: string) => unwrap(api.POST("/api/v1/auth/email/confirm/", { body: { token } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: me().queryKey }),
  })
}
