import { http, HttpResponse } from "msw"
import { beforeEach, expect, it, vi } from "vitest"
import { problem, server } from "@/testing/server"

const refreshUrl = "*/api/v1/auth/token/refresh/"
let calls: Request[]

beforeEach(() => {
  calls = []
  // The session is the module's memory: each test starts like a fresh page.
  vi.resetModules()
})

function answerRefresh(...answers: (() => Response)[]) {
  server.use(
    http.post(refreshUrl, ({ request }) => {
      calls.push(request)
      return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? HttpResponse.error()
    }),
  )
}

function token(lifetime = 600): string {
  const payload = btoa(JSON.stringify({ iat: 1_000, exp: 1_000 + lifetime, n: Math.random() }))
  return `head.${payload}.signature`
}

const freshToken = () => HttpResponse.json({ access: token() })

it("asks nothing of the server for somebody who never signed in here", async () => {
  const { accessToken, sessionStatus } = await import("./session")

  expect(await accessToken()).toBeNull()
  expect(sessionStatus()).toBe("guest")
  expect(calls).toHaveLength(0)
})

it("comes back signed in after a reload, by the cookie alone", async () => {
  localStorage.setItem("delux.signed-in", "1")
  answerRefresh(freshToken)
  const { accessToken, sessionStatus } = await import("./session")

  expect(await accessToken()).toMatch(/^head\./)
  expect(sessionStatus()).toBe("signed-in")
  expect(calls[0]?.headers.get("X-Delux-Client")).toBe("web")
  expect(await calls[0]?.json()).toEqual({})
})

it("never writes a token where a script could find it later", async () => {
  const { startSession } = await import("./session")
  const secret = token()

  startSession(secret)

  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(secret)
  expect(document.cookie).not.toContain(secret)
})

it("makes one refresh for many calls at once", async () => {
  answerRefresh(freshToken)
  const { accessToken, startSession } = await import("./session")
  startSession(token(1))

  const tokens = await Promise.all([accessToken(), accessToken(), accessToken()])

  expect(calls).toHaveLength(1)
  expect(new Set(tokens).size).toBe(1)
})

it("does not refresh again for a call that was refused with a token already replaced", async () => {
  answerRefresh(freshToken)
  const { refresh, startSession } = await import("./session")
  const old = token()
  startSession(old)
  const renewed = await refresh(old)

  expect(await refresh(old)).toBe(renewed)
  expect(calls).toHaveLength(1)
})

it("waits for the other tab before it refreshes", async () => {
  const request = vi.fn((_name: string, work: () => Promise<unknown>) => work())
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator) as Navigator, { locks: { request } }))
  answerRefresh(freshToken)
  const { refresh } = await import("./session")

  await refresh()

  expect(request).toHaveBeenCalledExactlyOnceWith("delux.refresh", expect.any(Function))
})

it("ends the session when the refresh is refused, and says so once", async () => {
  answerRefresh(() => problem(401))
  const { onSessionChange, refresh, sessionStatus, startSession } = await import("./session")
  startSession(token())
  const changed = vi.fn()
  onSessionChange(changed)

  expect(await refresh()).toBeNull()
  expect(sessionStatus()).toBe("guest")
  expect(localStorage.getItem("delux.signed-in")).toBeNull()
  expect(changed).toHaveBeenCalledOnce()
})

it("keeps the session when the server is only ill", async () => {
  answerRefresh(() => problem(503), freshToken)
  const { refresh, sessionStatus, startSession } = await import("./session")
  startSession(token())

  await expect(refresh()).rejects.toThrow("503")
  expect(sessionStatus()).toBe("signed-in")
  expect(await refresh()).toMatch(/^head\./)
})

it("signs out here even when the server cannot be told", async () => {
  server.use(http.post("*/api/v1/auth/logout/", () => HttpResponse.error()))
  const { sessionStatus, signOut, startSession } = await import("./session")
  startSession(token())

  await expect(signOut()).rejects.toThrow(TypeError)
  expect(sessionStatus()).toBe("guest")
})

it("follows a sign-out in another tab", async () => {
  localStorage.setItem("delux.signed-in", "1")
  answerRefresh(freshToken)
  const { accessToken, sessionReady, sessionStatus } = await import("./session")
  await sessionReady()

  window.dispatchEvent(new StorageEvent("storage", { key: "delux.signed-in", newValue: null }))

  expect(sessionStatus()).toBe("guest")
  expect(await accessToken()).toBeNull()
})
