import { QueryClient } from "@tanstack/react-query"
import { ApiError } from "./errors"

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
      // A write is repeated by the person, or by code that sends an Idempotency-Key, never by default.
      mutations: { retry: false },
    },
  })
}

/** A refusal stays a refusal; only a lost network or an overloaded server is worth another try. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.isNetwork || error.status >= 500 || error.status === 429)
}
