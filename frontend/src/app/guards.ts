import { redirect } from "@tanstack/react-router"
import { sessionReady, sessionStatus } from "@/api/session"
import type { Reader } from "@/lib/search-params"

/** For `beforeLoad`: guests sign in first and come back to where they were going. */
export async function requireSession({ location }: { location: { href: string } }): Promise<void> {
  await sessionReady()
  if (sessionStatus() !== "signed-in") throw redirect({ to: "/sign-in", search: { next: location.href } })
}

/** A path of this site and nothing else: `next` comes from the URL and must not lead away from Delux. */
export const localPath: Reader<string> = (raw) => {
  if (typeof raw !== "string" || !raw.startsWith("/")) return undefined
  const base = "https://delux.invalid"
  const url = URL.canParse(raw, base) ? new URL(raw, base) : null
  return url?.origin === base ? url.pathname + url.search + url.hash : undefined
}
