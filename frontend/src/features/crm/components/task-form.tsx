import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { Dialog } from "@/ui/dialog"
import { field, FormProblem } from "@/ui/form"
import { useAddTask, useChangeTask, useDeleteTask, type NewTask, type Task } from "../api/tasks"
import { STATUSES } from "./task-items"
import classes from "./task-form.module.css"

const PRIORITIES = ["low", "normal", "high"] as const

const schema = z.object({
  title: z.string().trim().min(1).max(160),
  description: z.string().trim().max(4000),
  due_at: z.string(),
  priority: z.enum(PRIORITIES),
  status: z.enum(STATUSES),
})

interface Props {
  /** The task to change; without one, a new one is written. */
  task?: Task
  /** What a new task is about. */
  about?: Pick<NewTask, "customer_id" | "order_id">
  onClose: () => void
}

/** A task: new, or changed. Its time is the writer's own clock. */
export function TaskForm({ task, about, onClose }: Props) {
  const { t } = useTranslation(["crm", "common"])
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: {
      title: task?.title ?? "",
      description: task?.description ?? "",
      due_at: task?.due_at ? onThisClock(task.due_at) : "",
      priority: task?.priority ?? ("normal" as const),
      status: task?.status ?? ("todo" as const),
    },
  })
  const add = useAddTask()
  const change = useChangeTask()
  const remove = useDeleteTask()

  const save = form.handleSubmit(({ due_at, ...values }) => {
    setProblem(null)
    const body = { ...values, due_at: due_at ? new Date(due_at).toISOString() : null }
    const then = { onSuccess: onClose, onError: (error: unknown) => setProblem(showOnForm(error, form)) }
    if (task) change.mutate({ task_id: task.id, ...body }, then)
    else add.mutate({ ...about, ...body }, then)
  })

  return (
    <Dialog title={task ? task.title : t("tasks.new")} onClose={onClose} closeOnClickOutside={false}>
      <form onSubmit={(event) => void save(event)} noValidate className={classes.form}>
        <FormProblem error={problem} />
        <TextInput label={t("tasks.what")} data-autofocus {...field(form, "title")} />
        <Textarea label={t("tasks.details")} autosize minRows={2} {...field(form, "description")} />
        <TextInput type="datetime-local" label={t("tasks.dueLabel")} {...field(form, "due_at")} />
        <NativeSelect
          label={t("tasks.priority")}
          data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
          {...field(form, "priority")}
        />
        {task && (
          <NativeSelect
            label={t("orders.status")}
            data={STATUSES.map((value) => ({ value, label: t(`taskStatus.${value}`) }))}
            {...field(form, "status")}
          />
        )}
        <div className={classes.end}>
          <Button type="submit" variant="primary" loading={add.isPending || change.isPending}>
            {task ? t("common:save") : t("tasks.add")}
          </Button>
          {task && (
            <Button
              variant="quiet"
              loading={remove.isPending}
              onClick={() => remove.mutate(task.id, { onSuccess: onClose, onError: setProblem })}
            >
              {t("common:remove")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

/** An instant as `datetime-local` writes it on this device's clock. */
function onThisClock(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
