import { Button } from "@mantine/core"
import { MailCheck, MailX } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useConfirmEmail } from "@/features/accounts/api/confirmation"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { FormProblem } from "@/ui/form"
import { PageHeader } from "@/ui/page-header"
import { useLinkToken } from "./use-link-token"

/** One press confirms: a mail reader that only looks at the link does not. */
export function ConfirmEmailPage() {
  const { t } = useTranslation("accounts")
  const token = useLinkToken()
  const confirm = useConfirmEmail()
  return (
    <>
      <PageHeader title={t("confirm.title")} />
      {confirm.isSuccess ? (
        <EmptyState
          title={t("confirm.done")}
          icon={<MailCheck size={22} />}
          action={<ButtonLink to="/events" variant="primary">{t("confirm.events")}</ButtonLink>}
        >
          {t("confirm.doneText")}
        </EmptyState>
      ) : token ? (
        <EmptyState
          title={t("confirm.ask")}
          icon={<MailCheck size={22} />}
          action={
            <Button variant="primary" loading={confirm.isPending} onClick={() => confirm.mutate(token)}>
              {t("confirm.confirm")}
            </Button>
          }
        >
          <FormProblem error={confirm.error} />
          {t("confirm.askText")}
        </EmptyState>
      ) : (
        <EmptyState title={t("link.broken")} icon={<MailX size={22} />}>
          {t("link.brokenText")}
        </EmptyState>
      )}
    </>
  )
}
