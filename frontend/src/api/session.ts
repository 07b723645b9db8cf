import { useSyncExternalStore } from "react"
import { dropDrafts } from "@/lib/draft"

/**
 * Who is signed in, as far as this tab knows.
 *
 * The access token lives in this module's memory only. The refresh token is an httpOnly cookie that no script
 * can read; localStorage holds just the fact that there is one, so that guests cause no failing request.
 */
export type SessionStatus = "starting" | "guest" | "signed-in"

const hintKey = "delux.signed-in"
const refreshUrl = "/api/v1/auth/token/refresh/"
const logoutUrl = "/api/v1/auth/logout/"
/** A token this close to its end is renewed before use rather than after a refusal. */
const marginMs = 15_000

let access: { token: string; freshUntil: number } | null = null
let status: SessionStatus = "starting"
let refreshing: Promise<string | null> | null = null
let starting: Promise<void> | null = null
const listeners = new Set<() => void>()
/** What the device keeps for the signed-in person alone; see keepPrivately. */
const privatePrefix = "delux.private."
/** The same for what is too large for that: an IndexedDB database of this name goes with the session as well. */
export const privateDatabase = "delux.private"

/** Begin a session with the access token that sign-in answered. */
export function startSession(token: string): void {
  access = { token, freshUntil: Date.now() + lifetimeMs(token) - marginMs }
  keepOnlyFor(personOf(token))
  hint(true)
  setStatus("signed-in")
}

/** Forget the session in this tab and, by the storage event, in the others. */
export function endSession(): void {
  access = null
  hint(false)
  setStatus("guest")
}

/** End the session on the server too. The person is signed out here even when the server cannot be reached. */
export async function signOut(): Promise<void> {
  const token = access?.token
  try {
    await post(logoutUrl, token)
  } finally {
    endSession()
  }
}

/** Resolve once it is known whether somebody is signed in. Asks the server at most once per page load. */
export function sessionReady(): Promise<void> {
  starting ??= restore()
  return starting
}

/** Return a token that is good for a request, or null for a guest. */
export async function accessToken(): Promise<string | null> {
  await sessionReady()
  // Signed in, but the server could not be asked at start: by now it may answer.
  if (!access) return status === "signed-in" ? refresh().catch(() => null) : null
  return Date.now() < access.freshUntil ? access.token : refresh(access.token)
}

/**
 * Trade the cookie for a new access token. Calls made meanwhile share the one request, and a second tab waits
 * for its turn: two uses of one refresh token, more than ten seconds apart, look like theft and end the session.
 *
 * @param refused the token that was found wanting; if it is no longer the current one, nothing needs doing
 */
export function refresh(refused?: string): Promise<string | null> {
  if (refused && access && access.token !== refused) return Promise.resolve(access.token)
  refreshing ??= oneTabAtATime(requestToken).finally(() => {
    refreshing = null
  })
  return refreshing
}

export function sessionStatus(): SessionStatus {
  return status
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSessionStatus(): SessionStatus {
  return useSyncExternalStore(onSessionChange, sessionStatus)
}

async function restore(): Promise<void> {
  window.addEventListener("storage", followOtherTabs)
  if (access) return
  if (!hasHint()) return setStatus("guest")
  // No answer at start: still somebody's device with a session, and their kept tickets open without a network.
  await refresh().catch(() => setStatus("signed-in"))
}

async function requestToken(): Promise<string | null> {
  const response = await post(refreshUrl)
  if (response.ok) {
    const { access: token } = (await response.json()) as { access: string }
    startSession(token)
    return token
  }
  if (response.status >= 500 || response.status === 429) throw new TypeError(`Refresh answered ${response.status}`)
  endSession()
  return null
}

function post(url: string, token?: string): Promise<Response> {
  return fetch(new URL(url, window.location.origin), {
    method: "POST",
    credentials: "same-origin",
    headers: {
      "Content-Type": "application/json",
      "X-Delux-Client": "web",
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: "{}",
  })
}

/** `navigator.locks` is missing on plain http outside localhost; there the tabs take their chance. */
async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request("delux.refresh", work) : work()
}

/**
 * Keep something of the person's own on this device. It is gone when they sign out, here or in another tab, when
 * the server ends the session, and when somebody else signs in.
 */
export function keepPrivately(name: string, value: unknown): void {
  if (status !== "signed-in") return
  try {
    localStorage.setItem(privatePrefix + name, JSON.stringify(value))
  } catch {
    // A full or refused storage: the thing needs a network, as before.
  }
}

/** Return what was kept for the person signed in now, else null. */
export function readPrivate(name: string): unknown {
  if (status !== "signed-in") return null
  try {
    return JSON.parse(localStorage.getItem(privatePrefix + name) ?? "null")
  } catch {
    return null
  }
}

/** Who is signed in on this device, also when the server could not be asked; "" for nobody. */
export function sessionOwner(): string {
  return status === "signed-in" ? (localStorage.getItem(`${privatePrefix}owner`) ?? "") : ""
}

function forgetPrivate(): void {
  globalThis.indexedDB?.deleteDatabase(privateDatabase)
  for (const key of Object.keys(localStorage)) if (key.startsWith(privatePrefix)) localStorage.removeItem(key)
}

function keepOnlyFor(person: string): void {
  try {
    if (localStorage.getItem(`${privatePrefix}owner`) === person) return
    forgetPrivate()
    localStorage.setItem(`${privatePrefix}owner`, person)
  } catch {
    // Without storage nothing is kept.
  }
}

/** Who a token speaks for; "" where it does not say. */
function personOf(token: string): string {
  try {
    const { user_id, sub } = claims(token)
    return String(user_id ?? sub ?? "")
  } catch {
    return ""
  }
}

function claims(token: string): Record<string, unknown> {
  const [, payload = ""] = token.split(".")
  return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Record<string, unknown>
}

/** Counted from now, not from the token's own dates, because a phone's clock may be hours off. */
function lifetimeMs(token: string): number {
  try {
    const { exp, iat } = claims(token)
    return typeof exp === "number" && typeof iat === "number" ? (exp - iat) * 1000 : 60_000
  } catch {
    return 60_000
  }
}

function followOtherTabs(event: StorageEvent): void {
  if (event.key !== hintKey) return
  if (event.newValue === null) {
    access = null
    setStatus("guest")
  } else if (status === "guest") {
    refresh().catch(() => undefined)
  }
}

function setStatus(next: SessionStatus): void {
  if (status === next) return
  if (status === "signed-in") dropDrafts()
  status = next
  for (const listener of listeners) listener()
}

function hasHint(): boolean {
  try {
    return localStorage.getItem(hintKey) !== null
  } catch {
    return false
  }
}

function hint(present: boolean): void {
  try {
    if (present) localStorage.setItem(hintKey, "1")
    else {
      localStorage.removeItem(hintKey)
      forgetPrivate()
    }
  } catch {
    // Without storage the session lasts as long as the page.
  }
}
