import { Link } from "@tanstack/react-router"
import { Bell } from "lucide-react"
import { useTranslation } from "react-i18next"
import classes from "./shell.module.css"

/** What waits to be read, in the header. */
export function NotificationBell({ unread }: { unread: number }) {
  const { t } = useTranslation()
  return (
    <Link to="/notifications" className={classes.tool} aria-label={t("nav.notificationsWithCount", { count: unread })}>
      <Bell size={20} aria-hidden />
      {unread > 0 && (
        <span className={classes.count} key={unread}>
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </Link>
  )
}
