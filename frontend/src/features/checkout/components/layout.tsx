import type { ReactNode } from "react"
import classes from "./layout.module.css"

/** What is being decided, and beside it (below it on a phone) what it costs. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.main}>{children}</div>
      <div className={classes.side}>{side}</div>
    </div>
  )
}
