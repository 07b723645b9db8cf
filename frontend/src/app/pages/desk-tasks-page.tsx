import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { ListTodo } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { taskList } from "@/features/crm/api/tasks"
import { Chips } from "@/features/crm/components/chips"
import { TaskForm } from "@/features/crm/components/task-form"
import { STATUSES, TaskItems } from "@/features/crm/components/task-items"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"
import classes from "./desk-tasks-page.module.css"

const PAGE_SIZE = 20
const route = getRouteApi("/crm/tasks")

export function DeskTasksPage() {
  const { t } = useTranslation("crm")
  const { page = 1, status } = route.useSearch()
  const navigate = route.useNavigate()
  const [adding, setAdding] = useState(false)
  const { data, error, isPending, refetch } = useQuery(taskList({ status, page, page_size: PAGE_SIZE }))
  return (
    <>
      <PageHeader
        title={t("tasks.title")}
        lead={<span aria-live="polite">{data ? t("tasks.found", { count: data.count }) : t("tasks.lead")}</span>}
        actions={
          <Button variant="primary" onClick={() => setAdding(true)}>
            {t("tasks.new")}
          </Button>
        }
      />
      <div className={classes.filters}>
        <Chips
          label={t("orders.status")}
          options={[undefined, ...STATUSES].map((value) => ({ value, label: value ? t(`taskStatus.${value}`) : t("orders.any") }))}
          chosen={status}
          onChoose={(status) => void navigate({ search: { status }, replace: true })}
        />
      </div>
      {isPending ? (
        <ListSkeleton rows={5} height={84} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState title={t("tasks.none")} icon={<ListTodo size={22} />}>
          {t("tasks.noneText")}
        </EmptyState>
      ) : (
        <>
          <section className={classes.list} aria-label={t("tasks.title")}>
            <TaskItems tasks={data.results} />
          </section>
          <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })} />
        </>
      )}
      {adding && <TaskForm onClose={() => setAdding(false)} />}
    </>
  )
}
