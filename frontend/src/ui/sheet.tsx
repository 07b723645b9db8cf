import type { DrawerProps } from "@mantine/core"
import { lazy, Suspense, useState } from "react"

const Body = lazy(() => import("./sheet-body"))

/** A drawer whose code comes when it is first opened: a tenth of what a buyer's page may weigh. */
export function Sheet(props: DrawerProps) {
  const [wasOpened, setWasOpened] = useState(props.opened)
  if (props.opened && !wasOpened) setWasOpened(true)
  if (!wasOpened) return null
  return (
    <Suspense fallback={null}>
      <Body {...props} />
    </Suspense>
  )
}
