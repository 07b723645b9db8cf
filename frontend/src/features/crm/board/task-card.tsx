import type { DraggableProvidedDragHandleProps } from "@hello-pangea/dnd"
import { Link } from "@tanstack/react-router"
import { GripVertical } from "lucide-react"
import { useTranslation } from "react-i18next"
import { StatusPill } from "@/ui/status-pill"
import type { Task } from "../api/tasks"
import { TaskDue } from "../components/task-due"
import classes from "./task-board.module.css"

interface Props {
  task: Task
  handle: DraggableProvidedDragHandleProps | null
  onOpen: () => void
}

export function TaskCard({ task, handle, onOpen }: Props) {
  const { t } = useTranslation(["crm", "desk"])
  return (
    <>
      <span {...handle} className={classes.handle} aria-label={t("desk:board.move", { title: task.title })}>
        <GripVertical size={18} aria-hidden />
      </span>
      <div className={classes.words}>
        <button type="button" className={classes.title} onClick={onOpen}>
          {task.title}
        </button>
        <div className={classes.facts}>
          {task.priority === "high" && task.status !== "done" && <StatusPill tone="warm">{t("tasks.high")}</StatusPill>}
          <TaskDue task={task} />
          {task.customer && (
            <Link to="/crm/customers/$customerId" params={{ customerId: String(task.customer.id) }}>
              {task.customer.name || t("customer.unnamed")}
            </Link>
          )}
          {task.order && (
            <Link to="/crm/orders/$orderId" params={{ orderId: task.order.order_number }}>
              {task.order.order_number}
            </Link>
          )}
        </div>
      </div>
    </>
  )
}
