import { useTranslation } from "react-i18next"
import { StatusPill } from "@/ui/status-pill"
import type { TicketRow } from "../api/tickets"

const tones = { reserved: "warm", paid: "good", checked_in: "strong", canceled: "neutral", refunded: "neutral" } as const

export function TicketStatusPill({ status }: { status: TicketRow["status"] }) {
  const { t } = useTranslation("checkout")
  return <StatusPill tone={tones[status]}>{t(`ticketStatus.${status}`)}</StatusPill>
}
