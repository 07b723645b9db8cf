import { useTranslation } from "react-i18next"
import { ForgotPasswordForm } from "@/features/accounts/components/forgot-password-form"
import { PageHeader } from "@/ui/page-header"

export function ForgotPasswordPage() {
  const { t } = useTranslation("accounts")
  return (
    <>
      <PageHeader title={t("forgot.title")} lead={t("forgot.lead")} />
      <ForgotPasswordForm />
    </>
  )
}
