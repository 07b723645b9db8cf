import { Button, Textarea } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { DateTime } from "@/ui/date-time"
import { field, FormProblem } from "@/ui/form"
import { useAddNote, useDeleteNote, type Customer } from "../api/customers"
import classes from "./customer-notes.module.css"
import { Panel } from "./panel"

const schema = z.object({ body: z.string().trim().min(1).max(4000) })

/** What the team wants to remember about a person. They never see it. */
export function CustomerNotes({ customer, timeZone }: { customer: Customer; timeZone: string }) {
  const { t } = useTranslation(["crm", "common"])
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { body: "" } })
  const [problem, setProblem] = useState<unknown>(null)
  const add = useAddNote(customer.id)
  const remove = useDeleteNote(customer.id)

  const save = form.handleSubmit(({ body }) => {
    setProblem(null)
    add.mutate(body, { onSuccess: () => form.reset(), onError: (error) => setProblem(showOnForm(error, form)) })
  })

  return (
    <Panel title={t("notes.title")}>
      <form onSubmit={(event) => void save(event)} noValidate className={classes.form}>
        <FormProblem error={problem ?? remove.error} />
        <Textarea label={t("notes.new")} description={t("notes.hint")} autosize minRows={2} {...field(form, "body")} />
        <Button type="submit" loading={add.isPending}>
          {t("notes.add")}
        </Button>
      </form>
      {customer.notes.length > 0 && (
        <ul className={classes.notes}>
          {customer.notes.map(({ id, body, author_name, is_own, created_at }) => (
            <li key={id}>
              <p>{body}</p>
              <small>
                {author_name} · <DateTime iso={created_at} format="dateTime" timeZone={timeZone} />
                {is_own && (
                  <button type="button" disabled={remove.isPending} onClick={() => remove.mutate(id)}>
                    {t("common:remove")}
                  </button>
                )}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
