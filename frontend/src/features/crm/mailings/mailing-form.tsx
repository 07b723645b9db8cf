import { Button, Textarea, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { field, FormProblem } from "@/ui/form"
import { UnsavedGuard } from "@/ui/unsaved-guard"
import classes from "./mailings.module.css"

const schema = z.object({ subject: z.string().trim().min(1).max(150), body: z.string().trim().min(1).max(5000) })
export type Words = z.infer<typeof schema>

const NO_WORDS: Words = { subject: "", body: "" }

interface Props {
  words?: Words
  /** Keeps the words; the page goes on from there. */
  onSave: (words: Words) => Promise<unknown>
  onCancel?: () => void
}

/** What a message says: a subject and plain text. */
export function MailingForm({ words = NO_WORDS, onSave, onCancel }: Props) {
  const { t } = useTranslation(["mailings", "common"])
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: words })
  const { isDirty, isSubmitting, isSubmitSuccessful } = form.formState

  const save = form.handleSubmit(async (values) => {
    setProblem(null)
    await onSave(values).catch((error: unknown) => {
      setProblem(showOnForm(error, form))
      throw error // what failed is not saved
    })
  })

  return (
    <form onSubmit={(event) => void save(event).catch(() => undefined)} noValidate className={classes.form}>
      <UnsavedGuard unsaved={isDirty && !isSubmitSuccessful} />
      <FormProblem error={problem} />
      <TextInput label={t("subject")} maxLength={150} autoComplete="off" {...field(form, "subject")} />
      <Textarea label={t("body")} description={t("bodyHint")} autosize minRows={10} maxRows={24} maxLength={5000} {...field(form, "body")} />
      <div className={classes.actions}>
        <Button type="submit" variant="primary" loading={isSubmitting}>
          {t("toPreview")}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t("common:cancel")}</Button>}
      </div>
    </form>
  )
}
