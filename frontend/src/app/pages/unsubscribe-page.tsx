import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { MailCheck, MailX } from "lucide-react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { mailedLink, useUnsubscribe } from "@/features/accounts/api/silences"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import { useLinkToken } from "./use-link-token"

/** Where a mail's way out leads: one press ends an organizer's news, one takes that back. Nobody has to sign in. */
export function UnsubscribePage() {
  const { t } = useTranslation("accounts")
  const token = useLinkToken()
  return (
    <>
      <PageHeader title={t("unsubscribe.title")} />
      {token ? <Answer token={token} /> : <Broken />}
    </>
  )
}

function Answer({ token }: { token: string }) {
  const { t } = useTranslation("accounts")
  const { data, error, refetch } = useQuery(mailedLink(token))
  const answer = useUnsubscribe(token)
  if (error instanceof ApiError && error.isNotFound) return <Broken />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <Skeleton height={220} />
  const { organizer_name: name, is_silenced: done } = data
  return (
    <div aria-live="polite">
      <EmptyState
        title={t(done ? "unsubscribe.done" : "unsubscribe.ask", { name })}
        icon={done ? <MailCheck size={22} /> : <MailX size={22} />}
        action={
          <Button variant={done ? "default" : "primary"} loading={answer.isPending} onClick={() => answer.mutate(done ? "news" : "silence")}>
            {t(done ? "unsubscribe.undo" : "unsubscribe.confirm")}
          </Button>
        }
      >
        {t(done ? "unsubscribe.doneText" : "unsubscribe.askText")}
      </EmptyState>
      <FormProblem error={answer.error} />
    </div>
  )
}

function Broken() {
  const { t } = useTranslation("accounts")
  return (
    <EmptyState
      title={t("link.broken")}
      icon={<MailX size={22} />}
      action={<ButtonLink to="/notifications">{t("unsubscribe.settings")}</ButtonLink>}
    >
      {t("link.brokenText")}
    </EmptyState>
  )
}
