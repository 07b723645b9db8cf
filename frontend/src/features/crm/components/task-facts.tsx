import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import type { Task } from "../api/tasks"

const isPast = (iso: string) => Date.parse(iso) < Date.now()

/** What there is to know of a task beside its title: how urgent, until when, about whom and which order. */
export function TaskFacts({ task }: { task: Task }) {
  const { t } = useTranslation("crm")
  return (
    <>
      {task.priority === "high" && task.status !== "done" && <StatusPill tone="warm">{t("tasks.high")}</StatusPill>}
      <TaskDue task={task} />
      {task.customer && (
        <Link to="/crm/customers/$customerId" params={{ customerId: String(task.customer.id) }}>
          {task.customer.name}
        </Link>
      )}
      {task.order && (
        <Link to="/crm/orders/$orderId" params={{ orderId: task.order.order_number }}>
          {task.order.order_number}
        </Link>
      )}
    </>
  )
}

/** When a task is due, or was done; nothing for one without a date. */
function TaskDue({ task: { done_at, due_at, status } }: { task: Task }) {
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
