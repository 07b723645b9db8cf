import type { ReactNode } from "react"
import classes from "./stat-tile.module.css"

interface Props {
  label: string
  value: ReactNode
  /** A comparison or a remark, in words. */
  hint?: ReactNode
  tone?: "plain" | "warm" | "danger"
}

/** One number that matters, printed large. */
export function StatTile({ label, value, hint, tone = "plain" }: Props) {
  return (
    <div className={classes.tile} data-tone={tone}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {hint && <dd className={classes.hint}>{hint}</dd>}
    </div>
  )
}

/** Tiles belong to one list. */
export function StatTiles({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <dl className={classes.tiles}>{children}</dl>
    </div>
  )
}
