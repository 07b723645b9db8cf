import { DragDropContext, Draggable, Droppable, type DropResult } from "@hello-pangea/dnd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { useMoveTask, type Task } from "../api/tasks"
import { STATUSES } from "../components/task-items"
import { placed, type Columns } from "./columns"
import { TaskCard } from "./task-card"
import classes from "./task-board.module.css"

interface Props {
  columns: Columns
  /** How many there are in all; the board holds the first of them. */
  counts: Record<Task["status"], number>
  onOpen: (task: Task) => void
}

/** Tasks by where they stand; a card is dragged by hand, or lifted by Space and moved by arrows. */
export function TaskBoard({ columns, counts, onOpen }: Props) {
  const { t } = useTranslation(["desk", "crm"])
  const move = useMoveTask()
  // Where cards were put, until the server's answer is on the board: a refusal takes them back by itself.
  const [moving, setMoving] = useState<ReadonlyMap<number, Task["status"]>>(new Map())
  const shown = placed(columns, moving)
  const nameOf = (status: string) => t(`crm:taskStatus.${status as Task["status"]}`)

  function drop({ draggableId, source, destination }: DropResult) {
    if (!destination || destination.droppableId === source.droppableId) return
    const task_id = Number(draggableId)
    const status = destination.droppableId as Task["status"]
    setMoving((old) => new Map(old).set(task_id, status))
    move.mutate(
      { task_id, status },
      { onSettled: () => setMoving((old) => new Map([...old].filter(([id, wanted]) => id !== task_id || wanted !== status))) },
    )
  }

  return (
    <>
      <FormProblem error={move.error} />
      <DragDropContext
        dragHandleUsageInstructions={t("board.how")}
        onDragStart={({ source }, { announce }) => announce(t("board.lifted", { column: nameOf(source.droppableId) }))}
        onDragUpdate={({ destination }, { announce }) =>
          announce(destination ? t("board.over", { column: nameOf(destination.droppableId) }) : t("board.nowhere"))
        }
        onDragEnd={(result, { announce }) => {
          announce(result.destination ? t("board.dropped", { column: nameOf(result.destination.droppableId) }) : t("board.back"))
          drop(result)
        }}
      >
        <div className={classes.board}>
          {STATUSES.map((status) => (
            <section key={status} className={classes.column} aria-label={nameOf(status)}>
              <header className={classes.header}>
                <Heading level={2} size="small">
                  {nameOf(status)}
                </Heading>
                <span>{t("crm:figures.count", { count: counts[status] })}</span>
              </header>
              <Droppable droppableId={status}>
                {(list, { isDraggingOver }) => (
                  <div ref={list.innerRef} {...list.droppableProps} className={classes.cards} data-over={isDraggingOver || undefined}>
                    {shown[status].map((task, index) => (
                      <Draggable key={task.id} draggableId={String(task.id)} index={index}>
                        {(item, { isDragging }) => (
                          <div ref={item.innerRef} {...item.draggableProps} className={classes.card} data-dragging={isDragging || undefined}>
                            <TaskCard task={task} handle={item.dragHandleProps} onOpen={() => onOpen(task)} />
                          </div>
                        )}
                      </Draggable>
                    ))}
                    {list.placeholder}
                    {shown[status].length === 0 && !isDraggingOver && <p className={classes.empty}>{t(`board.empty.${status}`)}</p>}
                  </div>
                )}
              </Droppable>
              {counts[status] > columns[status].length && (
                <p className={classes.rest}>{t("board.rest", { count: counts[status] - columns[status].length })}</p>
              )}
            </section>
          ))}
        </div>
      </DragDropContext>
    </>
  )
}
