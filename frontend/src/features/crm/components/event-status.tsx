import { useTranslation } from "react-i18next"
import { StatusPill } from "@/ui/status-pill"
import type { EventStatus } from "../api/events"

const tones = { draft: "warm", published: "good", finished: "neutral", canceled: "danger" } as const satisfies Record<EventStatus, string>

export function EventStatusPill({ status }: { status: EventStatus }) {
  const { t } = useTranslation("crm")
  return <StatusPill tone={tones[status]}>{t(`eventStatus.${status}`)}</StatusPill>
}
