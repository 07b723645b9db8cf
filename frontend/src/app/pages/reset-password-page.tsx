import { useNavigate } from "@tanstack/react-router"
import { KeyRound } from "lucide-react"
import { useTranslation } from "react-i18next"
import { ResetPasswordForm } from "@/features/accounts/components/reset-password-form"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { notify } from "@/ui/notify"
import { PageHeader } from "@/ui/page-header"
import { useLinkToken } from "./use-link-token"

export function ResetPasswordPage() {
  const { t } = useTranslation("accounts")
  const navigate = useNavigate()
  const token = useLinkToken()
  return (
    <>
      <PageHeader title={t("forgot.newTitle")} />
      {token ? (
        <ResetPasswordForm
          token={token}
          onDone={() => {
            void notify(t("forgot.done"))
            void navigate({ to: "/", replace: true })
          }}
        />
      ) : (
        <EmptyState
          title={t("link.broken")}
          icon={<KeyRound size={22} />}
          action={<ButtonLink to="/forgot-password">{t("forgot.again")}</ButtonLink>}
        >
          {t("link.brokenText")}
        </EmptyState>
      )}
    </>
  )
}
