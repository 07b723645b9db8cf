import { useTranslation } from "react-i18next"
import type { components } from "@/api/schema"
import { StatusPill } from "@/ui/status-pill"

type OrderStatus = components["schemas"]["OrderStatus"]
type PartStatus = components["schemas"]["FulfilmentStatus"]
type Tone = "neutral" | "good" | "strong" | "warm" | "danger"

const orderTones: Record<OrderStatus, Tone> = {
  new: "neutral",
  pending_payment: "warm",
  paid: "good",
  shipped: "strong",
  completed: "good",
  canceled: "neutral",
  refunded: "neutral",
}

const partTones: Record<PartStatus, Tone> = {
  waiting: "neutral",
  open: "good",
  packed: "strong",
  shipped: "strong",
  completed: "good",
  canceled: "neutral",
}

export function OrderStatusPill({ status }: { status: OrderStatus }) {
  const { t } = useTranslation("checkout")
  return <StatusPill tone={orderTones[status]}>{t(`status.${status}`)}</StatusPill>
}

export function PartStatusPill({ status }: { status: PartStatus }) {
  const { t } = useTranslation("checkout")
  return <StatusPill tone={partTones[status]}>{t(`part.${status}`)}</StatusPill>
}
