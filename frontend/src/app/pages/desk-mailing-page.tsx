import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { Panel } from "@/features/crm/components/panel"
import { audienceOf, mailing, useChangeMailing, useDeleteMailing, useTestMailing, type Mailing } from "@/features/crm/mailings/api"
import { MailPreview } from "@/features/crm/mailings/mail-preview"
import { MailingForm } from "@/features/crm/mailings/mailing-form"
import { MailingResult } from "@/features/crm/mailings/mailing-result"
import { MailingStatus, useAudienceText } from "@/features/crm/mailings/mailing-status"
import classes from "@/features/crm/mailings/mailings.module.css"
import { ReachPanel } from "@/features/crm/mailings/reach-panel"
import { SendDialog } from "@/features/crm/mailings/send-dialog"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import { ToMailings } from "./desk-new-mailing-page"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/mailings/$mailingId")

/** One message: a draft with its preview, or what became of it. */
export function DeskMailingPage() {
  const { t } = useTranslation(["mailings", "common"])
  const { mailingId } = route.useParams()
  const isNumber = /^[1-9]\d{0,15}$/.test(mailingId)
  const { data, error, refetch } = useQuery({ ...mailing(Number(mailingId)), enabled: isNumber })
  if (data) return data.status === "draft" ? <Draft draft={data} /> : <Sent mailing={data} />
  if (!isNumber || (error instanceof ApiError && error.isNotFound)) {
    return (
      <>
        <PageHeader title={t("missing")} kicker={<ToMailings />} />
        <EmptyState title={t("missing")} action={<ButtonLink to="/crm/mailings">{t("toAll")}</ButtonLink>}>
          {t("missingText")}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t("one")} kicker={<ToMailings />} />
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div role="status" aria-label={t("common:loading")} className={classes.columns}>
          <Skeleton height={560} />
          <Skeleton height={320} />
        </div>
      )}
    </>
  )
}

function Draft({ draft }: { draft: Mailing }) {
  const { t } = useTranslation(["mailings", "crm", "common"])
  const navigate = route.useNavigate()
  const audience = useAudienceText()
  const [state, setState] = useState<"preview" | "editing" | "sending" | "deleting">("preview")
  const change = useChangeMailing(draft.id)
  const test = useTestMailing(draft.id)
  const remove = useDeleteMailing(draft.id)
  const to = audience(draft)
  return (
    <>
      <PageHeader
        kicker={<ToMailings />}
        title={draft.subject}
        lead={<MailingStatus status={draft.status} />}
        actions={
          state !== "editing" && (
            <>
              <Button loading={test.isPending} onClick={() => test.mutate(undefined, { onSuccess: () => void notify(t("test.done")) })}>
                {t("test.send")}
              </Button>
              <Button onClick={() => setState("editing")}>{t("edit")}</Button>
              <Button variant="primary" onClick={() => setState("sending")}>
                {t("send.action")}
              </Button>
            </>
          )
        }
      />
      <FormProblem error={test.error ?? remove.error} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {state === "editing" ? (
            <Panel title={t("words")}>
              <MailingForm
                words={{ subject: draft.subject, body: draft.body }}
                onSave={async (words) => {
                  await change.mutateAsync(words)
                  setState("preview")
                }}
                onCancel={() => setState("preview")}
              />
            </Panel>
          ) : (
            <MailPreview mailing={draft} />
          )}
          {state !== "editing" && (
            <div className={classes.actions}>
              {state === "deleting" ? (
                <>
                  <Button
                    variant="danger"
                    loading={remove.isPending}
                    onClick={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/crm/mailings" }) })}
                  >
                    {t("delete.sure")}
                  </Button>
                  <Button onClick={() => setState("preview")}>{t("delete.keep")}</Button>
                </>
              ) : (
                <Button variant="quiet" onClick={() => setState("deleting")}>
                  {t("delete.action")}
                </Button>
              )}
            </div>
          )}
        </div>
        <ReachPanel audience={audienceOf(draft)} to={to} />
      </div>
      {state === "sending" && <SendDialog mailing={draft} to={to} onClose={() => setState("preview")} />}
    </>
  )
}

function Sent({ mailing }: { mailing: Mailing }) {
  const audience = useAudienceText()
  const timeZone = useDeskZone()
  return (
    <>
      <PageHeader
        kicker={<ToMailings />}
        title={mailing.subject}
        lead={
          <span className={classes.lead}>
            <MailingStatus status={mailing.status} /> {audience(mailing)}
          </span>
        }
      />
      <div className={classes.column}>
        <MailingResult mailing={mailing} timeZone={timeZone} />
        <MailPreview mailing={mailing} />
      </div>
    </>
  )
}
