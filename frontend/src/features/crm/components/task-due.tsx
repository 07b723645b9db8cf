import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import type { Task } from "../api/tasks"

const isPast = (iso: string) => Date.parse(iso) < Date.now()

/** When a task is due, or was done; nothing for one without a date. */
export function TaskDue({ task: { done_at, due_at, status } }: { task: Task }) {
  const { t } = useTranslation("crm")
  if (status === "done" && done_at) {
    return (
      <span>
        {t("tasks.doneAt")} <DateTime iso={done_at} format="dateTime" />
      </span>
    )
  }
  if (!due_at || status === "done") return null
  const when = (
    <>
      {t("tasks.due")} <DateTime iso={due_at} format="dateTime" />
    </>
  )
  return isPast(due_at) ? <StatusPill tone="danger">{when}</StatusPill> : <span>{when}</span>
}
