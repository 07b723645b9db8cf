import createClient from "openapi-fetch"
import { i18next } from "@/lib/i18n"
import { ApiError, networkError } from "./errors"
import type { paths } from "./schema"
import { accessToken, refresh } from "./session"

/** The typed client of the whole API. Give its promises to `unwrap`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin,
  fetch: sendAsPerson,
  querySerializer: { array: { style: "form", explode: true } },
})

interface Outcome<T> {
  data?: T
  error?: unknown
  response: Response
}

/**
 * Wait for an API call and return its body.
 *
 * @throws {ApiError} the server refused, or could not be reached
 */
export async function unwrap<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause
    throw networkError(cause)
  })
  if (!response.ok) {
    const problem = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {}
    throw new ApiError(response.status, problem, response.headers.get("X-Request-ID"))
  }
  return data as T
}

/** Adds the language and the access token; a token refused in flight is renewed and the call made once more. */
async function sendAsPerson(request: Request): Promise<Response> {
  const token = await accessToken()
  const response = await send(request.clone(), token)
  if (response.status !== 401 || token === null) return response
  const renewed = await refresh(token)
  return renewed === null ? response : send(request, renewed)
}

function send(request: Request, token: string | null): Promise<Response> {
  request.headers.set("Accept-Language", i18next.language ?? "en")
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`)
  return fetch(request)
}
