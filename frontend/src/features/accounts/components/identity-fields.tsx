import { TextInput } from "@mantine/core"
import { lazy, Suspense, useEffect, useRef } from "react"
import { useTranslation } from "react-i18next"
import { field, FormProblem } from "@/ui/form"
import type { Identity } from "./use-identity"
import classes from "./identity.module.css"

// Its code comes when somebody chooses a password over the mailed code.
const PasswordLine = lazy(async () => ({ default: (await import("./password-line")).PasswordLine }))

/** The fields of `useIdentity`, for a form of the page that holds them. */
export function IdentityFields({ identity }: { identity: Identity }) {
  const { t } = useTranslation("accounts")
  const { form, step, problem, sentTo } = identity
  return (
    <div className={classes.fields}>
      <FormProblem error={problem} />
      {sentTo === null ? (
        <>
          <TextInput
            label={t("fields.email")}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            {...field(form, "email")}
          />
          {identity.asksName && (
            <TextInput label={t("fields.yourName")} autoComplete="given-name" {...field(form, "first_name")} />
          )}
          {step === "password" && (
            <Suspense>
              <PasswordLine identity={identity} />
            </Suspense>
          )}
          {identity.offersPassword && (
            <div className={classes.ways}>
              <button
                type="button"
                className={classes.way}
                onClick={() => identity.choose(step === "password" ? "code" : "password")}
              >
                {step === "password" ? t("code.instead") : t("code.passwordInstead")}
              </button>
            </div>
          )}
        </>
      ) : (
        <CodeField identity={identity} email={sentTo} />
      )}
    </div>
  )
}

function CodeField({ identity, email }: { identity: Identity; email: string }) {
  const { t } = useTranslation("accounts")
  const input = useRef<HTMLInputElement | null>(null)
  const { ref, onChange, error, ...bound } = field(identity.form, "code")
  useEffect(() => input.current?.focus(), [])
  return (
    <>
      <p className={classes.sent} role="status">
        {t("code.sent", { email })}
      </p>
      <TextInput
        className={classes.code}
        label={t("code.label")}
        description={t("code.text")}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        error={error}
        {...bound}
        ref={(element) => {
          ref(element)
          input.current = element
        }}
        onChange={async (event) => {
          const { form, value } = event.currentTarget
          await onChange(event)
          // The sixth digit is as good as a press of the button.
          if (/^\s*(\d\s*){6}$/.test(value) && !identity.isPending) form?.requestSubmit()
        }}
      />
      <div className={classes.ways}>
        <button type="button" className={classes.way} disabled={identity.isPending} onClick={() => void identity.sendAgain()}>
          {t("code.again")}
        </button>
        <button type="button" className={classes.way} onClick={identity.changeEmail}>
          {t("code.otherEmail")}
        </button>
      </div>
    </>
  )
}
