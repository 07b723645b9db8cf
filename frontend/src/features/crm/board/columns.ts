import type { Task } from "../api/tasks"

export type Columns = Record<Task["status"], Task[]>

/** The columns with the cards under way standing where they were put: first, where the eye is. */
export function placed(columns: Columns, moving: ReadonlyMap<number, Task["status"]>): Columns {
  const all = Object.values(columns).flat()
  const stays = (task: Task, column: Task["status"]) => (moving.get(task.id) ?? column) === column
  const next = {} as Columns
  for (const column of Object.keys(columns) as Task["status"][]) {
    const known = columns[column].filter((task) => stays(task, column))
    const arrived = all.filter((task) => moving.get(task.id) === column && !known.includes(task))
    next[column] = [...arrived.map((task) => ({ ...task, status: column })), ...known]
  }
  return next
}
