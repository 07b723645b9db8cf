import type { ReactNode } from "react"
import classes from "./sum-line.module.css"

interface Props {
  label: string
  sum: ReactNode
  /** The sum is still being counted when it is first seen: what it becomes is read aloud. */
  live?: boolean
}

/** The sum a dialog is about, printed large above its buttons. */
export function SumLine({ label, sum, live = false }: Props) {
  return (
    <div className={classes.line} role={live ? "status" : undefined}>
      <span>{label}</span>
      <strong>{sum}</strong>
    </div>
  )
}
