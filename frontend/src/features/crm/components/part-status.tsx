import { useTranslation } from "react-i18next"
import { StatusPill } from "@/ui/status-pill"
import type { PartStatus } from "../api/orders"

const tones = {
  waiting: "neutral",
  open: "warm",
  packed: "strong",
  shipped: "strong",
  completed: "good",
  canceled: "danger",
} as const satisfies Record<PartStatus, string>

/** Where the organizer's part of an order stands. */
export function PartStatusPill({ status }: { status: PartStatus }) {
  const { t } = useTranslation("crm")
  return <StatusPill tone={tones[status]}>{t(`status.${status}`)}</StatusPill>
}
