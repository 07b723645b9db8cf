import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { Dialog } from "@/ui/dialog"
import { field, FormProblem } from "@/ui/form"
import { useAddTask } from "../api/tasks"
import classes from "./task-form.module.css"

const PRIORITIES = ["low", "normal", "high"] as const

const schema = z.object({
  title: z.string().trim().min(1).max(160),
  description: z.string().trim().max(4000),
  due_at: z.string(),
  priority: z.enum(PRIORITIES),
})

/** A new task. Its time is the writer's own clock. */
export function TaskForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("crm")
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { title: "", description: "", due_at: "", priority: "normal" as const } })
  const [problem, setProblem] = useState<unknown>(null)
  const add = useAddTask()

  const save = form.handleSubmit(({ due_at, ...values }) => {
    setProblem(null)
    add.mutate(
      { ...values, due_at: due_at ? new Date(due_at).toISOString() : null },
      { onSuccess: onClose, onError: (error) => setProblem(showOnForm(error, form)) },
    )
  })

  return (
    <Dialog title={t("tasks.new")} onClose={onClose} closeOnClickOutside={false}>
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
        <Button type="submit" variant="primary" loading={add.isPending}>
          {t("tasks.add")}
        </Button>
      </form>
    </Dialog>
  )
}
