import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components, operations } from "@/api/schema"

export type TaskFilters = NonNullable<operations["crm_tasks_list"]["parameters"]["query"]>
export type Task = components["schemas"]["TaskOutput"]
export type NewTask = components["schemas"]["TaskInputRequest"]

export const taskList = (filters: TaskFilters) =>
  queryOptions({
    queryKey: ["crm", "tasks", filters],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/crm/tasks/", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

function useRefreshTasks() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(["tasks", "dashboard", "customer"].map((kind) => queryClient.invalidateQueries({ queryKey: ["crm", kind] })))
}

export function useAddTask() {
  return useMutation({
    mutationFn: (body: NewTask) => unwrap(api.POST("/api/v1/crm/tasks/", { body })),
    onSuccess: useRefreshTasks(),
  })
}

export function useChangeTask() {
  return useMutation({
    mutationFn: ({ task_id, ...body }: { task_id: number } & NewTask) =>
      unwrap(api.PATCH("/api/v1/crm/tasks/{task_id}/", { params: { path: { task_id } }, body })),
    onSuccess: useRefreshTasks(),
  })
}

export function useMoveTask() {
  return useMutation({
    mutationFn: ({ task_id, status }: { task_id: number; status: Task["status"] }) =>
      unwrap(api.PATCH("/api/v1/crm/tasks/{task_id}/", { params: { path: { task_id } }, body: { status } })),
    onSuccess: useRefreshTasks(),
  })
}

export function useDeleteTask() {
  return useMutation({
    mutationFn: (task_id: number) => unwrap(api.DELETE("/api/v1/crm/tasks/{task_id}/", { params: { path: { task_id } } })),
    onSuccess: useRefreshTasks(),
  })
}
