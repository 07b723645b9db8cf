import { Button, PasswordInput, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { useMarket } from "@/lib/market"
import { field, FormProblem } from "@/ui/form"
import { signInProviders, useSignIn } from "../api/sign-in"
import { GoogleButton } from "./google-button"
import { IdentityFields } from "./identity-fields"
import { useIdentity } from "./use-identity"
import classes from "./accounts.module.css"

/** The door, by password or by a code from a mail or SMS. Where the person goes then is the page's business. */
export function SignInForm({ next }: { next: string | undefined }) {
  const { t } = useTranslation("accounts")
  const [byCode, setByCode] = useState(false)
  const takesPhone = useQuery(signInProviders()).data?.phone.enabled === true
  const search = next ? { next } : {}
  return (
    <div className={classes.panel}>
      {byCode ? <CodeForm /> : <PasswordSignIn next={next} />}
      <Button onClick={() => setByCode(!byCode)}>{byCode ? t("code.passwordInstead") : takesPhone ? t("code.insteadPhone") : t("code.instead")}</Button>
      <GoogleButton next={next} />
      <p className={classes.other}>
        {t("noAccount")}{" "}
        <Link to="/sign-up" search={search}>
          {t("signUp")}
        </Link>
      </p>
    </div>
  )
}

function PasswordSignIn({ next }: { next: string | undefined }) {
  const { t } = useTranslation("accounts")
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: checkedBy(() => import("../checks").then((checks) => checks.signIn)), defaultValues: { email: "", password: "" } })
  const signIn = useSignIn()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    signIn.mutate(values, { onError: (error) => setProblem(showOnForm(error, form)) })
  })
  return (
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
      <p className={classes.other}>
        <Link to="/forgot-password" search={next ? { next } : {}}>
          {t("forgot.link")}
        </Link>
      </p>
      <Button type="submit" variant="primary" loading={signIn.isPending}>
        {t("signIn")}
      </Button>
    </form>
  )
}

function CodeForm() {
  const { t } = useTranslation("accounts")
  const identity = useIdentity({ asksName: false, offersPassword: false, market: useMarket() })
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void identity.submit()
      }}
    >
      <IdentityFields identity={identity} />
      <Button type="submit" variant="primary" loading={identity.isPending}>
        {identity.step === "code" ? t("signIn") : t("code.send")}
      </Button>
      {identity.step === "email" && <p className={classes.other}>{t("code.makesAccount")}</p>}
    </form>
  )
}
