import type { ReactNode } from "react"
import { Heading } from "./heading"
import classes from "./states.module.css"

interface Props {
  title: string
  /** Why it is empty. */
  children?: ReactNode
  icon?: ReactNode
  /** The one thing to do about it. */
  action?: ReactNode
}

export function EmptyState({ title, children, icon, action }: Props) {
  return (
    <section className={classes.state}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Heading level={2} size="small">
        {title}
      </Heading>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.actions}>{action}</div>}
    </section>
  )
}
