import { Button, Textarea } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useEffect, useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { DateTime } from "@/ui/date-time"
import { field, FormProblem } from "@/ui/form"
import { UNSAVED, useAddNote, useChangeNote, useDeleteNote, type Customer } from "../api/customers"
import classes from "./customer-notes.module.css"
import { Panel } from "./panel"

const schema = z.object({ body: z.string().trim().min(1).max(4000) })

type Note = Customer["notes"][number]

/** What the team wants to remember about a person. They never see it. */
export function CustomerNotes({ customer, timeZone }: { customer: Customer; timeZone: string }) {
  const { t } = useTranslation(["crm", "common"])
  const [draft, setDraft] = useState<{ id: number; body: string; problem?: unknown } | null>(null)
  const add = useAddNote(customer.id)
  const change = useChangeNote(customer.id)
  const remove = useDeleteNote(customer.id)

  return (
    <Panel title={t("notes.title")}>
      <NoteForm
        label={t("notes.new")}
        description={t("notes.hint")}
        button={t("notes.add")}
        problem={remove.error}
        onSave={(body) => add.mutateAsync(body)}
      />
      {customer.notes.length > 0 && (
        <ul className={classes.notes}>
          {customer.notes.map((note) => (
            <li key={note.id}>
              {draft?.id === note.id ? (
                <NoteForm
                  label={t("notes.edit")}
                  button={t("common:save")}
                  body={draft.body}
                  problem={draft.problem}
                  onCancel={() => setDraft(null)}
                  onSave={async (body) => {
                    setDraft(null)
                    // What was typed is not lost where the server says no.
                    await change.mutateAsync({ id: note.id, body }).catch((problem: unknown) => setDraft({ id: note.id, body, problem }))
                  }}
                />
              ) : (
                <NoteText note={note} timeZone={timeZone} onEdit={() => setDraft(note)} onRemove={() => remove.mutate(note.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface TextProps {
  note: Note
  timeZone: string
  onEdit: () => void
  onRemove: () => void
}

function NoteText({ note: { author_name, body, created_at, id, is_own }, timeZone, onEdit, onRemove }: TextProps) {
  const { t } = useTranslation(["crm", "common"])
  return (
    <>
      <p>{body}</p>
      <small>
        <span>
          {author_name && `${author_name} · `}
          <DateTime iso={created_at} format="dateTime" timeZone={timeZone} />
        </span>
        {is_own && id !== UNSAVED && (
          <span className={classes.acts}>
            <button type="button" onClick={onEdit}>
              {t("notes.change")}
            </button>
            <button type="button" onClick={onRemove}>
              {t("common:remove")}
            </button>
          </span>
        )}
      </small>
    </>
  )
}

interface FormProps {
  label: string
  description?: string
  button: string
  body?: string
  problem?: unknown
  onSave: (body: string) => Promise<unknown>
  onCancel?: () => void
}

/** A new note empties it at once when sent; the words come back with the reason if they were refused. */
function NoteForm({ label, description, button, body = "", problem: told, onSave, onCancel }: FormProps) {
  const { t } = useTranslation("common")
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { body } })
  const [problem, setProblem] = useState<unknown>(null)

  const isEdit = onCancel !== undefined
  useEffect(() => {
    if (isEdit) form.setFocus("body")
  }, [form, isEdit])

  const save = form.handleSubmit(({ body: written }) => {
    setProblem(null)
    if (!isEdit) form.reset()
    onSave(written).catch((error: unknown) => {
      form.setValue("body", written)
      setProblem(showOnForm(error, form))
    })
  })

  return (
    <form onSubmit={(event) => void save(event)} noValidate className={classes.form}>
      <FormProblem error={problem ?? told} />
      <Textarea label={label} description={description} autosize minRows={2} {...field(form, "body")} />
      <div className={classes.buttons}>
        <Button type="submit">{button}</Button>
        {isEdit && (
          <Button variant="quiet" onClick={onCancel}>
            {t("cancel")}
          </Button>
        )}
      </div>
    </form>
  )
}
