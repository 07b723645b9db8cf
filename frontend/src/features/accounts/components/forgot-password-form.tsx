import { Button, TextInput } from "@mantine/core"
import { MailCheck } from "lucide-react"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { EmptyState } from "@/ui/empty-state"
import { field, FormProblem } from "@/ui/form"
import { useForgotPassword } from "../api/sign-in"
import classes from "./accounts.module.css"

export function ForgotPasswordForm() {
  const { t } = useTranslation("accounts")
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: checkedBy(() => import("../checks").then((checks) => checks.email)), defaultValues: { email: "" } })
  const ask = useForgotPassword()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    ask.mutate(values, { onError: (error) => setProblem(showOnForm(error, form)) })
  })
  if (ask.isSuccess) {
    return (
      <EmptyState
        title={t("forgot.sentTitle")}
        icon={<MailCheck size={22} />}
        action={<Button onClick={ask.reset}>{t("code.mail.other")}</Button>}
      >
        {t("forgot.sentText", { email: form.getValues("email") })}
      </EmptyState>
    )
  }
  return (
    <div className={classes.panel}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        <TextInput
          label={t("fields.email")}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          {...field(form, "email")}
        />
        <Button type="submit" variant="primary" loading={ask.isPending}>
          {t("forgot.send")}
        </Button>
      </form>
    </div>
  )
}
