import type { ReactNode } from "react"
import classes from "./ticket-stub.module.css"

interface Props {
  children: ReactNode
  /** The part that tears off: price, code, the action. */
  stub: ReactNode
  /** Where the stub hangs. `auto` puts it below on a narrow place and beside on a wide one. */
  side?: "auto" | "below" | "beside"
  /** A white stub stays white in the dark, as a code to be scanned must. */
  printed?: boolean
  as?: "article" | "section" | "li" | "div"
  className?: string
}

/** A ticket: a surface, and a stub behind a perforation with its two punched holes. */
export function TicketStub({ children, stub, side = "auto", printed = false, as: Tag = "article", className = "" }: Props) {
  return (
    <Tag className={`${classes.place} ${className}`}>
      <div className={classes.ticket} data-side={side}>
        <div className={classes.body}>{children}</div>
        <div className={classes.stub} data-printed={printed || undefined}>
          {stub}
        </div>
      </div>
    </Tag>
  )
}
