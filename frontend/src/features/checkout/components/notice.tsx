import type { ReactNode } from "react"
import { CircleAlert, Info } from "lucide-react"
import classes from "./notice.module.css"

interface Props {
  tone?: "plain" | "warm" | "danger"
  title: string
  icon?: ReactNode
  /** Said at once: for what the person must not miss. */
  alert?: boolean
  children?: ReactNode
  actions?: ReactNode
}

/** Something to know before going on, with the ways on. */
export function Notice({ tone = "plain", title, icon, alert = false, children, actions }: Props) {
  return (
    <div className={classes.notice} data-tone={tone} role={alert ? "alert" : "status"}>
      {icon ?? (tone === "plain" ? <Info size={20} aria-hidden /> : <CircleAlert size={20} aria-hidden />)}
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  )
}
