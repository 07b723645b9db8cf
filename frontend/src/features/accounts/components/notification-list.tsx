import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import type { Notice } from "../api/notifications"
import classes from "./notification-list.module.css"

interface Props {
  notices: Notice[]
  onOpen: (notice: Notice) => void
}

/** What the person was told, each a way to what it speaks of. */
export function NotificationList({ notices, onOpen }: Props) {
  const { t } = useTranslation("accounts")
  return (
    <ul className={classes.list}>
      {notices.map((notice) => (
        <li key={notice.id} className={classes.item} data-unread={notice.read_at === null}>
          <Link to={notice.path} className={classes.title} onClick={() => onOpen(notice)}>
            {notice.read_at === null && <span className={classes.dot} role="img" aria-label={t("notices.unread")} />}
            {notice.title}
          </Link>
          {notice.sender && <p className={classes.sender}>{notice.sender}</p>}
          {notice.body && <p className={classes.body}>{notice.body}</p>}
          <p className={classes.when}>
            <DateTime iso={notice.created_at} format="dateTime" />
          </p>
        </li>
      ))}
    </ul>
  )
}
