import { Button } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { ListTodo } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { taskList, type Task, type TaskFilters } from "@/features/crm/api/tasks"
import { Chips } from "@/features/crm/components/chips"
import { TaskForm } from "@/features/crm/components/task-form"
import { STATUSES, TaskItems } from "@/features/crm/components/task-items"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { ListSkeleton } from "@/ui/skeleton"
import { DeskList, PAGE_SIZE } from "./desk-list"
import classes from "./desk-tasks-page.module.css"

const TaskBoard = lazy(async () => ({ default: (await import("@/features/crm/board/task-board")).TaskBoard }))
const DUE = ["overdue", "week"] as const
const ON_BOARD = 100
const DONE_ON_BOARD = 20
const route = getRouteApi("/crm/tasks")

/** A board where there is room, a list where there is not, or where one is wanted. */
export function DeskTasksPage() {
  const { t } = useTranslation(["crm", "desk"])
  const { due, view } = route.useSearch()
  const navigate = route.useNavigate()
  const isWide = useMediaQuery("(min-width: 62em)", false, { getInitialValueInEffect: false })
  const [open, setOpen] = useState<Task | "new" | null>(null)
  const isBoard = isWide && view !== "list"
  const period = usePeriod(due)
  return (
    <>
      <PageHeader
        title={t("tasks.title")}
        lead={t("tasks.lead")}
        actions={
          <>
            {isWide && (
              <Button onClick={() => void navigate({ search: (old) => ({ due: old.due, view: isBoard ? "list" : undefined }), replace: true })}>
                {t(isBoard ? "desk:board.asList" : "desk:board.asBoard")}
              </Button>
            )}
            <Button variant="primary" onClick={() => setOpen("new")}>
              {t("tasks.new")}
            </Button>
          </>
        }
      />
      <div className={classes.filters}>
        <Chips
          label={t("tasks.due")}
          options={[undefined, ...DUE].map((value) => ({ value, label: value ? t(`desk:due.${value}`) : t("desk:due.any") }))}
          chosen={due}
          onChoose={(due) => void navigate({ search: (old) => ({ ...old, due, page: undefined }), replace: true })}
        />
      </div>
      {isBoard ? <Board period={period} onOpen={setOpen} /> : <List period={period} onOpen={setOpen} />}
      {open && <TaskForm task={open === "new" ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  )
}

type Period = Pick<TaskFilters, "due_before" | "is_open">

interface Props {
  period: Period
  onOpen: (task: Task) => void
}

function Board({ period, onOpen }: Props) {
  const todo = useQuery(taskList({ ...period, status: "todo", page_size: ON_BOARD }))
  const doing = useQuery(taskList({ ...period, status: "in_progress", page_size: ON_BOARD }))
  const done = useQuery(taskList({ ...period, status: "done", ordering: "-done_at", page_size: DONE_ON_BOARD }))
  const error = todo.error ?? doing.error ?? done.error
  if (error) return <ErrorState error={error} onRetry={() => Promise.all([todo.refetch(), doing.refetch(), done.refetch()])} />
  if (!todo.data || !doing.data || !done.data) return <ListSkeleton rows={1} height={420} />
  return (
    <Suspense fallback={<ListSkeleton rows={1} height={420} />}>
      <TaskBoard
        columns={{ todo: todo.data.results, in_progress: doing.data.results, done: done.data.results }}
        counts={{ todo: todo.data.count, in_progress: doing.data.count, done: done.data.count }}
        onOpen={onOpen}
      />
    </Suspense>
  )
}

function List({ period, onOpen }: Props) {
  const { t } = useTranslation("crm")
  const { page, status, due } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(taskList({ ...period, status, page, page_size: PAGE_SIZE }))
  return (
    <>
      <div className={classes.filters}>
        <Chips
          label={t("orders.status")}
          options={[undefined, ...STATUSES].map((value) => ({ value, label: value ? t(`taskStatus.${value}`) : t("orders.any") }))}
          chosen={status}
          onChoose={(status) => void navigate({ search: (old) => ({ ...old, status, page: undefined }), replace: true })}
        />
      </div>
      <DeskList
        query={query}
        page={page}
        onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
        empty={
          <EmptyState
            title={t("tasks.none")}
            icon={<ListTodo size={22} />}
            action={(status || due) && <Button onClick={() => void navigate({ search: {} })}>{t("tasks.showAll")}</Button>}
          >
            {t("tasks.noneText")}
          </EmptyState>
        }
      >
        {(tasks) => (
          <section className={classes.list} aria-label={t("tasks.title")}>
            <TaskItems tasks={tasks} onOpen={onOpen} />
          </section>
        )}
      </DeskList>
    </>
  )
}

const WEEK_MS = 7 * 24 * 3_600_000

/** What a filter means now, by the minute the page was opened, so that the question stays the same while it is read. */
function usePeriod(due: (typeof DUE)[number] | undefined): Period {
  const [now] = useState(() => Date.now())
  if (!due) return {}
  return { is_open: true, due_before: new Date(due === "week" ? now + WEEK_MS : now).toISOString() }
}
