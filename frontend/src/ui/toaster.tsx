import { lazy, Suspense } from "react"

const Notifications = lazy(async () => ({ default: (await import("@mantine/notifications")).Notifications }))

/** Where `notify` shows its messages; its code arrives after the page. */
export function Toaster() {
  return (
    <Suspense>
      <Notifications limit={3} zIndex={400} />
    </Suspense>
  )
}
