import { HttpResponse } from "msw"
import { setupServer } from "msw/node"

/** The network of a test: `server.use(http.get("*\/api/v1/…", …))`. A call nobody expected fails the test. */
export const server = setupServer()

/** A refusal as the API writes it. */
export function problem(status: number, members: Record<string, unknown> = {}) {
  return HttpResponse.json(
    { type: "urn:delux:error:test", title: "Refused", status, code: "test", request_id: "req-1", ...members },
    { status, headers: { "Content-Type": "application/problem+json" } },
  )
}
