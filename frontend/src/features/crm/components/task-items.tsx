import { NativeSelect } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { useDeleteTask, useMoveTask, type Task } from "../api/tasks"
import { TaskFacts } from "./task-facts"
import classes from "./task-items.module.css"

export const STATUSES = ["todo", "in_progress", "done"] as const

interface Props {
  tasks: Task[]
  /** Open one to change it. */
  onOpen?: (task: Task) => void
}

/** Tasks, each with where it stands in reach of the thumb. */
export function TaskItems({ tasks, onOpen }: Props) {
  const { t } = useTranslation(["crm", "common", "desk"])
  const move = useMoveTask()
  const remove = useDeleteTask()
  // What was chosen is shown while the server writes it down; a refusal brings the old one back with its reason.
  const statusOf = (task: Task) => (move.isPending && move.variables.task_id === task.id ? move.variables.status : task.status)

  return (
    <>
      <FormProblem error={move.error ?? remove.error} />
      <ul className={classes.tasks}>
        {tasks.map((task) => (
          <li key={task.id} data-done={statusOf(task) === "done"}>
            <div className={classes.words}>
              <strong>{task.title}</strong>
              {task.description && <p>{task.description}</p>}
              <small>
                <TaskFacts task={task} />
              </small>
            </div>
            <div className={classes.tools}>
              <NativeSelect
                aria-label={t("tasks.statusOf", { title: task.title })}
                value={statusOf(task)}
                onChange={({ currentTarget: { value } }) => move.mutate({ task_id: task.id, status: value as Task["status"] })}
                data={STATUSES.map((value) => ({ value, label: t(`taskStatus.${value}`) }))}
              />
              {onOpen && (
                <button type="button" aria-label={t("desk:board.change", { title: task.title })} onClick={() => onOpen(task)}>
                  {t("desk:board.edit")}
                </button>
              )}
              {task.status === "done" && (
                <button
                  type="button"
                  disabled={remove.isPending}
                  aria-label={t("tasks.removeOf", { title: task.title })}
                  onClick={() => remove.mutate(task.id)}
                >
                  {t("common:remove")}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
