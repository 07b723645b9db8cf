import { Button, PasswordInput, TextInput } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { Dialog } from "@/ui/dialog"
import { field, FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { notify } from "@/ui/notify"
import { useErase, useTakeData } from "../api/privacy"
import type { Person } from "../api/profile"
import { useSendCode } from "../api/sign-in"
import classes from "./account-list.module.css"

/** What is kept about the person: to take away, or to have forgotten. */
export function OwnData({ person }: { person: Person }) {
  const { t } = useTranslation("accounts")
  const [asks, setAsks] = useState(false)
  const take = useTakeData()
  return (
    <section className={classes.section} aria-labelledby="own-data">
      <Heading level={2} id="own-data">
        {t("ownData.title")}
      </Heading>
      <p className={classes.text}>
        {t("ownData.text")} <Link to="/privacy">{t("ownData.more")}</Link>
      </p>
      <FormProblem error={take.error} />
      <div className={classes.actions}>
        <Button loading={take.isPending} onClick={() => take.mutate()}>
          {t("ownData.take")}
        </Button>
        <Button variant="quiet" onClick={() => setAsks(true)}>
          {t("ownData.erase")}
        </Button>
      </div>
      {asks && (
        <Dialog title={t("ownData.eraseAsk")} onClose={() => setAsks(false)}>
          <EraseForm person={person} onClose={() => setAsks(false)} />
        </Dialog>
      )}
    </section>
  )
}

/** Asks for the password, or for those without one for a code that is sent first. */
function EraseForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation(["accounts", "common"])
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ defaultValues: { password: "", code: "" } })
  const erase = useErase()
  const send = useSendCode()
  const challenge = send.data?.challenge
  const way = person.email ? "mail" : "sms"
  const submit = form.handleSubmit(({ password, code }) => {
    setProblem(null)
    if (!person.has_password && !challenge) {
      const to = person.email ? { email: person.email } : { phone: person.phone ?? "", market: person.market }
      return send.mutate(to, { onError: setProblem })
    }
    erase.mutate(person.has_password ? { password } : { challenge, code }, {
      onSuccess: () => void notify(t("ownData.erased")),
      onError: (error) => setProblem(showOnForm(error, form)),
    })
  })
  return (
    <form className={classes.dialog} onSubmit={(event) => void submit(event)} noValidate>
      <FormProblem error={problem} />
      <p>{t("ownData.eraseText")}</p>
      {person.has_password ? (
        <PasswordInput
          label={t("fields.currentPassword")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("fields.showPassword") }}
          {...field(form, "password")}
        />
      ) : (
        challenge && (
          <TextInput
            label={t(`code.${way}.label`)}
            description={t(`code.${way}.text`)}
            inputMode="numeric"
            autoComplete="one-time-code"
            {...field(form, "code")}
          />
        )
      )}
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button type="submit" variant="danger" loading={erase.isPending || send.isPending}>
          {person.has_password || challenge ? t("ownData.eraseNow") : t("ownData.sendCode")}
        </Button>
      </div>
    </form>
  )
}
