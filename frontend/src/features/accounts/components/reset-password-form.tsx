import { Button, PasswordInput } from "@mantine/core"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { ButtonLink } from "@/ui/button-link"
import { field, FormProblem } from "@/ui/form"
import { useResetPassword } from "../api/sign-in"
import classes from "./accounts.module.css"

/** A new password by the link from a mail; the person is signed in here and nowhere else afterwards. */
export function ResetPasswordForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation("accounts")
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: checkedBy(() => import("../checks").then((checks) => checks.newPassword)), defaultValues: { new_password: "" } })
  const reset = useResetPassword()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    reset.mutate({ ...values, token }, { onSuccess: onDone, onError: (error) => setProblem(showOnForm(error, form)) })
  })
  return (
    <div className={classes.panel}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        {problem !== null && <ButtonLink to="/forgot-password">{t("forgot.again")}</ButtonLink>}
        <PasswordInput
          label={t("fields.newPassword")}
          description={t("profilePage.passwordText")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("fields.showPassword") }}
          {...field(form, "new_password")}
        />
        <Button type="submit" variant="primary" loading={reset.isPending}>
          {t("forgot.set")}
        </Button>
      </form>
    </div>
  )
}
