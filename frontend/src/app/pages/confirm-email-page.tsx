import { Button } from "@mantine/core"
import { MailCheck, MailX } from "lucide-react"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { useSessionStatus } from "@/api/session"
import { useConfirmEmail } from "@/features/accounts/api/confirmation"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { FormProblem } from "@/ui/form"
import { PageHeader } from "@/ui/page-header"
import { useLinkToken } from "./use-link-token"

/** The link's token while its owner signs in: only the browser that has signed in may use it. */
let carried = ""

/** One press confirms: a mail reader that only looks at the link does not. */
export function ConfirmEmailPage() {
  const { t } = useTranslation(["accounts", "common"])
  const linkToken = useLinkToken()
  const confirm = useConfirmEmail()
  const isGuest = useSessionStatus() === "guest"
  const [token] = useState(() => linkToken || carried)
  const needsSignIn = isGuest && confirm.error instanceof ApiError && confirm.error.code === "other_browser"
  useEffect(() => {
    carried = needsSignIn ? token : ""
  }, [needsSignIn, token])
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
            needsSignIn ? (
              <ButtonLink to="/sign-in" search={{ next: "/confirm-email" }} variant="primary">
                {t("common:nav.signIn")}
              </ButtonLink>
            ) : (
              <Button variant="primary" loading={confirm.isPending} onClick={() => confirm.mutate(token)}>
                {t("confirm.confirm")}
              </Button>
            )
          }
        >
          <FormProblem error={confirm.error} />
          {t("confirm.askText")}
        </EmptyState>
      ) : (
        <EmptyState
          title={t("link.broken")}
          icon={<MailX size={22} />}
          action={<ButtonLink to="/profile">{t("profile")}</ButtonLink>}
        >
          {t("link.brokenText")}
        </EmptyState>
      )}
    </>
  )
}
