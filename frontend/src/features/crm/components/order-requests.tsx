import { Button } from "@mantine/core"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import type { Order, RefundRequest } from "../api/orders"
import classes from "./order-requests.module.css"
import { Panel } from "./panel"

const RequestDialog = lazy(async () => ({ default: (await import("./request-dialog")).RequestDialog }))

const tones = { open: "warm", granted: "good", declined: "neutral", withdrawn: "neutral" } as const

/** Who asks for a ticket to be taken back, and what became of those who asked before. */
export function OrderRequests({ order, timeZone }: { order: Order; timeZone: string }) {
  const { t } = useTranslation("crm")
  const [answering, setAnswering] = useState<{ request: RefundRequest; verb: "grant" | "decline" } | null>(null)
  if (order.refund_requests.length === 0) return null
  return (
    <Panel title={t("requests.title")} id="requests">
      <ul className={classes.requests}>
        {order.refund_requests.map((request) => (
          <li key={request.id}>
            <div className={classes.head}>
              <strong>{request.asked_by}</strong>
              <StatusPill tone={tones[request.status]}>{t(`requests.${request.status}`)}</StatusPill>
            </div>
            <small>
              {[request.event_title, request.ticket_type, request.attendee_name].filter(Boolean).join(" · ")}
              {" · "}
              <DateTime iso={request.created_at} format="dateTime" timeZone={timeZone} />
            </small>
            <blockquote>{request.reason}</blockquote>
            {request.answer && <p>{t("requests.answered", { answer: request.answer })}</p>}
            {request.status === "open" && <Answers order={order} request={request} onAnswer={(verb) => setAnswering({ request, verb })} />}
          </li>
        ))}
      </ul>
      {answering && (
        <Suspense>
          <RequestDialog {...answering} currency={order.currency} onClose={() => setAnswering(null)} />
        </Suspense>
      )}
    </Panel>
  )
}

function Answers({ order, request, onAnswer }: { order: Order; request: RefundRequest; onAnswer: (verb: "grant" | "decline") => void }) {
  const { t } = useTranslation("crm")
  const sum = formatMoney(request.amount, order.currency, useLanguage())
  return (
    <div className={classes.answers}>
      <Button variant="primary" onClick={() => onAnswer("grant")}>
        {t("requests.grant", { sum })}
      </Button>
      <Button onClick={() => onAnswer("decline")}>{t("requests.decline")}</Button>
    </div>
  )
}
