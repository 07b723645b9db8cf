import { afterEach, expect, it } from "vitest"
import { dropDrafts, keepDraft, readDraft } from "@/lib/draft"
import { endSession, startSession } from "./session"

afterEach(() => {
  sessionStorage.clear()
})

it("brings back what was kept under a name, and nothing of what it cannot read", () => {
  keepDraft("checkout", { city: "Almaty" })
  sessionStorage.setItem("delux.draft.broken", "{")
  sessionStorage.setItem("delux.draft.number", "7")

  expect(readDraft("checkout")).toEqual({ city: "Almaty" })
  expect([readDraft("broken"), readDraft("number"), readDraft("other")]).toEqual([{}, {}, {}])
})

it("drops every draft and nothing else", () => {
  keepDraft("checkout", { city: "Almaty" })
  sessionStorage.setItem("delux.checkout", "an attempt")

  dropDrafts()

  expect(Object.keys(sessionStorage)).toEqual(["delux.checkout"])
})

it("keeps what a guest typed through signing in, and leaves nothing to who comes after signing out", () => {
  keepDraft("checkout", { city: "Almaty" })
  startSession("token")
  expect(readDraft("checkout")).toEqual({ city: "Almaty" })

  endSession()

  expect(readDraft("checkout")).toEqual({})
})
