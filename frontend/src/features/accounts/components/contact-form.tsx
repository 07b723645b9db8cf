import { Button, TextInput } from "@mantine/core"
import { useEffect, useState } from "react"
import { useForm, type UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { field, FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { useConfirmContact, useSendContactCode, type Way } from "../api/contacts"
import classes from "./account-list.module.css"
import identity from "./identity.module.css"

interface Props {
  way: Way
  /** What stands in the field at first. */
  said: string
  onDone: () => void
}

/** An e-mail or a number, then the code sent there. */
export function ContactForm({ way, said, onDone }: Props) {
  const { t } = useTranslation(["accounts", "common"])
  const [problem, setProblem] = useState<unknown>(null)
  const send = useSendContactCode(way)
  const confirm = useConfirmContact(way)
  const challenge = send.data?.challenge
  const form = useForm({
    resolver: checkedBy(() => import("../checks").then((checks) => (challenge ? checks.answer : checks.contact[way]))),
    defaultValues: { email: way === "email" ? said : "", phone: way === "phone" ? said : "", code: "" },
  })
  const { setFocus } = form
  useEffect(() => setFocus(way), [setFocus, way])
  const onError = (error: unknown) => {
    // A code that is over, or a name that is another's: there is nothing more to answer.
    if (error instanceof ApiError && error.status === 409) send.reset()
    setProblem(showOnForm(error, form))
  }
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    if (!challenge) return send.mutate(values[way], { onError })
    confirm.mutate({ challenge, code: values.code.replaceAll(/\s/g, "") }, {
      onSuccess: () => {
        void notify(t(way === "email" ? "contacts.emailDone" : "contacts.phoneDone"))
        onDone()
      },
      onError,
    })
  })
  return (
    <form className={classes.dialog} onSubmit={(event) => void submit(event)} noValidate>
      <FormProblem error={problem} />
      {challenge ? (
        <CodeLine key={challenge} way={way} to={form.getValues(way)} form={form} />
      ) : way === "phone" ? (
        <TextInput
          label={t("contacts.phone")}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          {...field(form, "phone")}
        />
      ) : (
        <TextInput
          label={t("contacts.email")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          {...field(form, "email")}
        />
      )}
      <div className={classes.actions}>
        <Button onClick={onDone}>{t("common:cancel")}</Button>
        <Button type="submit" variant="primary" loading={send.isPending || confirm.isPending}>
          {challenge ? t("contacts.confirm") : t("contacts.send")}
        </Button>
      </div>
    </form>
  )
}

interface Values {
  email: string
  phone: string
  code: string
}

function CodeLine({ way, to, form }: { way: Way; to: string; form: UseFormReturn<Values> }) {
  const { t } = useTranslation("accounts")
  const { setFocus } = form
  const by = way === "phone" ? "sms" : "mail"
  useEffect(() => setFocus("code"), [setFocus])
  return (
    <>
      <p role="status">{t(`code.${by}.sent`, { to })}</p>
      <TextInput
        className={identity.code}
        label={t(`code.${by}.label`)}
        description={t(`code.${by}.text`)}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        {...field(form, "code")}
      />
    </>
  )
}
