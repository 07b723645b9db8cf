import { useTranslation } from "react-i18next"
import { StatusPill } from "@/ui/status-pill"
import type { MailingRow } from "./api"

const tones = { draft: "warm", sending: "strong", sent: "good" } as const satisfies Record<MailingRow["status"], string>

export function MailingStatus({ status }: { status: MailingRow["status"] }) {
  const { t } = useTranslation("mailings")
  return <StatusPill tone={tones[status]}>{t(`status.${status}`)}</StatusPill>
}

/** Whom a message is for, in a few words. */
export function useAudienceText() {
  const { t } = useTranslation("mailings")
  return ({ event, ticket_type, attendance, q, tag }: Pick<MailingRow, "event" | "ticket_type" | "attendance" | "q" | "tag">) =>
    (event
      ? [t("to.event", { title: event.title }), ticket_type?.name, attendance && t(`attendance.${attendance}`)]
      : [t("to.customers"), tag, q && t("to.found", { words: q })]
    )
      .filter(Boolean)
      .join(" · ")
}
