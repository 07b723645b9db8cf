import { Button, PasswordInput, TextInput } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { useLanguage } from "@/lib/use-language"
import { field, FormProblem } from "@/ui/form"
import { useSignUp } from "../api/sign-in"
import { GoogleButton } from "./google-button"
import { MarketSelect } from "./market-select"
import classes from "./accounts.module.css"

export function SignUpForm({ next }: { next: string | undefined }) {
  const { t } = useTranslation("accounts")
  const language = useLanguage()
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({
    resolver: checkedBy(() => import("../checks").then((checks) => checks.signUp)),
    defaultValues: { first_name: "", email: "", password: "", market: guessMarket() },
  })
  const signUp = useSignUp()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    signUp.mutate({ ...values, last_name: "", language }, { onError: (error) => setProblem(showOnForm(error, form)) })
  })
  const isKnown = problem instanceof ApiError && problem.code === "email_taken"
  const signInLink = (
    <Link to="/sign-in" search={next ? { next } : {}}>
      {t("signIn")}
    </Link>
  )
  return (
    <div className={classes.panel}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        {isKnown && <p className={classes.other}>{signInLink}</p>}
        <TextInput label={t("fields.firstName")} autoComplete="given-name" {...field(form, "first_name")} />
        <TextInput
          label={t("fields.email")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          description={t("fields.emailText")}
          {...field(form, "email")}
        />
        <PasswordInput
          label={t("fields.password")}
          autoComplete="new-password"
          description={t("fields.passwordText")}
          visibilityToggleButtonProps={{ "aria-label": t("fields.showPassword") }}
          {...field(form, "password")}
        />
        <MarketSelect {...field(form, "market")} />
        <Button type="submit" variant="primary" loading={signUp.isPending}>
          {t("signUp")}
        </Button>
      </form>
      <GoogleButton next={next} />
      <p className={classes.other}>
        {t("haveAccount")} {signInLink}
      </p>
    </div>
  )
}

/** The device's clock knows the country better than its language does. */
function guessMarket(): "KZ" | "KG" | "US" {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  if (zone === "Asia/Bishkek") return "KG"
  return zone.startsWith("America/") ? "US" : "KZ"
}
