import { expect, it } from "vitest"
import type { Task } from "../api/tasks"
import { placed, type Columns } from "./columns"

const task = (id: number, status: Task["status"]): Task => ({
  id,
  status,
  title: `Task ${id}`,
  description: "",
  priority: "normal",
  customer: null,
  order: null,
  due_at: null,
  done_at: null,
  created_at: "2026-05-01T06:00:00Z",
})

const columns: Columns = { todo: [task(1, "todo"), task(2, "todo")], in_progress: [], done: [task(3, "done")] }

const ids = (of: Columns) => Object.fromEntries(Object.entries(of).map(([status, tasks]) => [status, tasks.map(({ id }) => id)]))

it("shows a card where it was put while the server is asked", () => {
  expect(ids(placed(columns, new Map([[1, "done"]])))).toEqual({ todo: [2], in_progress: [], done: [1, 3] })
})

it("shows a card once when the server has already moved it", () => {
  expect(ids(placed(columns, new Map([[3, "done"]])))).toEqual({ todo: [1, 2], in_progress: [], done: [3] })
})

it("leaves the board alone when nothing moves", () => {
  expect(placed(columns, new Map())).toEqual(columns)
})
