import type { DraggableProvidedDragHandleProps } from "@hello-pangea/dnd"
import { GripVertical } from "lucide-react"
import { useTranslation } from "react-i18next"
import type { Task } from "../api/tasks"
import { TaskFacts } from "../components/task-facts"
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
          <TaskFacts task={task} />
        </div>
      </div>
    </>
  )
}
