import { lazy, Suspense, useSyncExternalStore } from "react"
import { hasNotified, onFirstNotice } from "./notify"

const Notifications = lazy(async () => ({ default: (await import("@mantine/notifications")).Notifications }))

/** Where `notify` shows its messages; its code arrives with the first of them. */
export function Toaster() {
  const needed = useSyncExternalStore(onFirstNotice, hasNotified)
  return <Suspense>{needed && <Notifications limit={3} zIndex={400} />}</Suspense>
}
