import { lazy, Suspense } from "react"
import type { DialogProps } from "./dialog-body"

const DialogBody = lazy(() => import("./dialog-body"))

/** An open dialog with a name. Its code comes when the first one opens: a page that can be read weighs less. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <DialogBody {...props} />
    </Suspense>
  )
}
