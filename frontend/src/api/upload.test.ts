import { http, HttpResponse } from "msw"
import { describe, expect, it } from "vitest"
import { problem, server } from "@/testing/server"
import { startSession } from "./session"
import { upload } from "./upload"

const PATH = "/api/v1/crm/events/1/cover/"
const picture = new File(["pixels"], "run.jpg", { type: "image/jpeg" })

describe("upload", () => {
  it("answers the body of the server and sends the language along", async () => {
    let language: string | null = null
    server.use(
      http.post(`*${PATH}`, ({ request }) => {
        language = request.headers.get("Accept-Language")
        return HttpResponse.json({ cover: { src: "/media/run.webp" } })
      }),
    )
    await expect(upload(PATH, picture)).resolves.toEqual({ cover: { src: "/media/run.webp" } })
    expect(language).toBe("en")
  })

  it("sends the file once more with a renewed token", async () => {
    startSession("stale")
    const tokens: (string | null)[] = []
    server.use(
      http.post("*/api/v1/auth/token/refresh/", () => HttpResponse.json({ access: "fresh" })),
      http.post(`*${PATH}`, ({ request }) => {
        tokens.push(request.headers.get("Authorization"))
        return tokens.length === 1 ? problem(401) : HttpResponse.json({})
      }),
    )
    await upload(PATH, picture)
    expect(tokens).toEqual(["Bearer stale", "Bearer fresh"])
  })

  it("throws the server's refusal with its code", async () => {
    server.use(http.post(`*${PATH}`, () => problem(400, { code: "bad_image" })))
    await expect(upload(PATH, picture)).rejects.toMatchObject({ status: 400, code: "bad_image" })
  })

  it("calls a cut connection a network error, and a stopped upload an abort", async () => {
    server.use(http.post(`*${PATH}`, () => HttpResponse.error()))
    await expect(upload(PATH, picture)).rejects.toMatchObject({ code: "network" })

    const stop = new AbortController()
    stop.abort()
    await expect(upload(PATH, picture, { signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" })
  })
})
