import { PasswordInput } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { field } from "@/ui/form"
import type { Identity } from "./use-identity"

/** The password that takes the place of the mailed code. */
export function PasswordLine({ identity }: { identity: Identity }) {
  const { t } = useTranslation("accounts")
  return (
    <PasswordInput
      label={t("fields.password")}
      description={identity.asksName ? t("code.passwordText") : undefined}
      autoComplete="current-password"
      visibilityToggleButtonProps={{ "aria-label": t("fields.showPassword") }}
      {...field(identity.form, "password")}
    />
  )
}
