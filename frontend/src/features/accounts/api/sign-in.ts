import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { startSession } from "@/api/session"
import type { Market } from "@/lib/market"
import { me } from "./me"

type Session = components["schemas"]["SessionOutput"]
export type Credentials = components["schemas"]["LoginInputRequest"]
export type Registration = components["schemas"]["RegisterInputRequest"]
export type GoogleAnswer = Pick<components["schemas"]["GoogleInputRequest"], "code" | "state">

/** Where a code goes. A number without its country code is read as dialled in `market`. */
export type CodeTo = { email: string } | { phone: string; market: Market }

/** Makes the refresh token a cookie that no script can read. */
const headers = { "X-Delux-Client": "web" }

export const useSignIn = () =>
  useSession((body: Credentials) => unwrap(api.POST("/api/v1/auth/login/", { body, headers })))

export const useSignUp = () =>
  useSession((body: Registration) => unwrap(api.POST("/api/v1/auth/register/", { body, headers })))

export const useGoogleSignIn = () =>
  useSession((answer: GoogleAnswer) =>
    unwrap(api.POST("/api/v1/auth/social/google/", { body: { ...answer, market: "KZ" }, headers })),
  )

export const useSendCode = () =>
  useMutation({
    mutationFn: (to: CodeTo) => unwrap(api.POST("/api/v1/auth/code/", { body: { market: "KZ", ...to } })),
  })

export const useCodeSignIn = () =>
  useSession((body: components["schemas"]["CodeSignInInputRequest"]) =>
    unwrap(api.POST("/api/v1/auth/code/sign-in/", { body, headers })),
  )

export const useForgotPassword = () =>
  useMutation({
    mutationFn: (body: components["schemas"]["MailInputRequest"]) =>
      unwrap(api.POST("/api/v1/auth/password/forgotten/", { body })),
  })

export const useResetPassword = () =>
  useSession((body: components["schemas"]["PasswordResetInputRequest"]) =>
    unwrap(api.POST("/api/v1/auth/password/reset/", { body, headers })),
  )

export const useChangePassword = () =>
  useSession((body: components["schemas"]["PasswordChangeInputRequest"]) =>
    unwrap(api.POST("/api/v1/auth/password/change/", { body, headers })),
  )

/** Ways of signing in beside the password. */
export const signInProviders = () =>
  queryOptions({
    queryKey: ["sign-in-providers"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/auth/providers/", { signal })),
    staleTime: Infinity,
  })

/** Ask where Google wants to see the person; it sends them back to /sign-in/google. */
export const useGoogleStart = () =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/auth/social/google/start/")),
    onSuccess: ({ authorization_url }) => window.location.assign(authorization_url),
  })

function useSession<T>(ask: (body: T) => Promise<Session>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ask,
    onSuccess: ({ access, user }) => {
      // What was cached for the guest is dropped by this, so the person is put in after it.
      startSession(access)
      queryClient.setQueryData(me().queryKey, user)
    },
  })
}
