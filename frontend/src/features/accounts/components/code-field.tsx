import { TextInput } from "@mantine/core"
import { useEffect, useRef } from "react"
import { useTranslation } from "react-i18next"
import { field } from "@/ui/form"
import { isPhone, type Identity } from "./use-identity"
import classes from "./identity.module.css"

/** The code that was sent, by mail or SMS. */
export function CodeField({ identity, to }: { identity: Identity; to: string }) {
  const { t } = useTranslation("accounts")
  const input = useRef<HTMLInputElement | null>(null)
  const way = isPhone(to) ? "sms" : "mail"
  const { ref, onChange, error, ...bound } = field(identity.form, "code")
  useEffect(() => input.current?.focus(), [])
  return (
    <>
      <p className={classes.sent} role="status">
        {t(`code.${way}.sent`, { to })}
      </p>
      <TextInput
        className={classes.code}
        label={t(`code.${way}.label`)}
        description={t(`code.${way}.text`)}
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
          {t(`code.${way}.other`)}
        </button>
      </div>
    </>
  )
}
