import { TextInput } from "@mantine/core"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import { field, FormProblem } from "@/ui/form"
import type { Identity } from "./use-identity"
import classes from "./identity.module.css"

// Their code comes with the step that needs it.
const CodeField = lazy(async () => ({ default: (await import("./code-field")).CodeField }))
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
            label={identity.takesPhone ? t("fields.emailOrPhone") : t("fields.email")}
            type={identity.takesPhone ? "text" : "email"}
            inputMode="email"
            spellCheck={false}
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
                {step !== "password" ? t("code.passwordInstead") : t("code.instead")}
              </button>
            </div>
          )}
        </>
      ) : (
        <Suspense>
          <CodeField identity={identity} to={sentTo} />
        </Suspense>
      )}
    </div>
  )
}
