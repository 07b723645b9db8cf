import type { ReactNode } from "react"
import classes from "./status-pill.module.css"

interface Props {
  /** good: done; strong: happening now; warm: running out or waiting; danger: failed or closed. */
  tone?: "neutral" | "good" | "strong" | "warm" | "danger"
  children: ReactNode
}

/** A state in a word. The word carries the meaning, the colour only helps to scan. */
export function StatusPill({ tone = "neutral", children }: Props) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {children}
    </span>
  )
}
