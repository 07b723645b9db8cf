import { PasswordInput } from "@mantine/core"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { field, FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import type { Person } from "../api/profile"
import { useChangePassword } from "../api/sign-in"
import { Saving } from "./profile-form"
import classes from "./accounts.module.css"

/** A new password ends every other sign-in of the person; this one goes on. */
export function PasswordForm({ person }: { person: Person }) {
  const { t } = useTranslation("accounts")
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({
    resolver: checkedBy(() => import("../checks").then((checks) => checks.passwordChange)),
    defaultValues: { current_password: "", new_password: "" },
  })
  const change = useChangePassword()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    change.mutate(values, {
      onSuccess: () => form.reset(),
      onError: (error) => setProblem(showOnForm(error, form)),
    })
  })
  const show = { visibilityToggleButtonProps: { "aria-label": t("fields.showPassword") } }
  return (
    <section className={classes.panel} aria-labelledby="password">
      <Heading level={2} id="password">
        {t("profilePage.password")}
      </Heading>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        <input type="email" autoComplete="username" value={person.email ?? ""} readOnly hidden />
        {person.has_password && (
          <PasswordInput
            label={t("fields.currentPassword")}
            autoComplete="current-password"
            {...show}
            {...field(form, "current_password")}
          />
        )}
        <PasswordInput
          label={t("fields.newPassword")}
          description={t("profilePage.passwordText")}
          autoComplete="new-password"
          {...show}
          {...field(form, "new_password")}
        />
        <Saving isDirty={form.formState.isDirty} isPending={change.isPending} isSaved={change.isSuccess} />
      </form>
    </section>
  )
}
