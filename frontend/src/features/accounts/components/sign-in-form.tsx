import { Button, PasswordInput, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { field, FormProblem } from "@/ui/form"
import { useSignIn } from "../api/sign-in"
import { GoogleButton } from "./google-button"
import classes from "./accounts.module.css"

const schema = z.object({ email: z.string().trim().min(1).max(254), password: z.string().min(1).max(128) })

export function SignInForm({ next }: { next: string | undefined }) {
  const { t } = useTranslation("accounts")
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: "", password: "" } })
  const signIn = useSignIn()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    signIn.mutate(values, { onError: (error) => setProblem(showOnForm(error, form)) })
  })
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
        <PasswordInput
          label={t("fields.password")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("fields.showPassword") }}
          {...field(form, "password")}
        />
        <Button type="submit" variant="primary" loading={signIn.isPending}>
          {t("signIn")}
        </Button>
      </form>
      <GoogleButton next={next} />
      <p className={classes.other}>
        {t("noAccount")}{" "}
        <Link to="/sign-up" search={next ? { next } : {}}>
          {t("signUp")}
        </Link>
      </p>
    </div>
  )
}
