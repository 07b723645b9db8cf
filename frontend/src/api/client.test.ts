import { http, HttpResponse } from "msw"
import { expect, it } from "vitest"
import { problem, server } from "@/testing/server"
import { api, unwrap } from "./client"
import { ApiError } from "./errors"
import { startSession } from "./session"

const meUrl = "*/api/v1/auth/me/"
const me = () => unwrap(api.GET("/api/v1/auth/me/"))

function refusal(call: Promise<unknown>): Promise<ApiError> {
  return call.then(
    () => expect.unreachable("the call should have been refused"),
    (error: unknown) => error as ApiError,
  )
}

it("returns the body, asked for in the language of the page", async () => {
  server.use(
    http.get(meUrl, ({ request }) =>
      HttpResponse.json({ language: request.headers.get("Accept-Language"), token: request.headers.get("Authorization") }),
    ),
  )

  expect(await me()).toEqual({ language: "en", token: null })
})

it("turns a problem document into an error with its code, fields and request number", async () => {
  const errors = [{ pointer: "/email", code: "taken", detail: "Already used" }]
  server.use(http.get(meUrl, () => problem(409, { code: "taken", detail: "Choose another", errors: [...errors, "noise"], lines: [1] })))

  const error = await refusal(me())

  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 409, code: "taken", detail: "Choose another", requestId: "req-1", fields: errors })
  expect(error.problem.lines).toEqual([1])
})

it("copes with a refusal that is no problem document", async () => {
  server.use(http.get(meUrl, () => new HttpResponse("<h1>Bad gateway</h1>", { status: 502, headers: { "X-Request-ID": "edge-9" } })))

  expect(await refusal(me())).toMatchObject({ status: 502, code: "unknown", requestId: "edge-9", fields: [] })
})

it("tells a lost network from a refusal", async () => {
  server.use(http.get(meUrl, () => HttpResponse.error()))

  const error = await refusal(me())

  expect(error).toMatchObject({ status: 0, code: "network", isNetwork: true })
})

it("renews a refused token and makes the call once more", async () => {
  const seen: (string | null)[] = []
  server.use(
    http.get(meUrl, ({ request }) => {
      seen.push(request.headers.get("Authorization"))
      return seen.length === 1 ? problem(401) : HttpResponse.json({ id: 1 })
    }),
    http.post("*/api/v1/auth/token/refresh/", () => HttpResponse.json({ access: "new" })),
  )
  startSession("old")

  expect(await me()).toEqual({ id: 1 })
  expect(seen).toEqual(["Bearer old", "Bearer new"])
})

it("gives up after the second refusal", async () => {
  let calls = 0
  server.use(
    http.get(meUrl, () => {
      calls += 1
      return problem(401)
    }),
    http.post("*/api/v1/auth/token/refresh/", () => HttpResponse.json({ access: "new" })),
  )
  startSession("old")

  expect(await refusal(me())).toMatchObject({ status: 401 })
  expect(calls).toBe(2)
})
