import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Send, Undo2 } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatDate } from "@/lib/dates"
import { useLanguage } from "@/lib/use-language"
import { useOnline } from "@/lib/use-online"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { Skeleton } from "@/ui/skeleton"
import { ticketRefund, useWithdrawAsking, type TicketRefund } from "../api/ticket-refund"
import { useWithdrawOffer } from "../api/ticket-offers"
import type { Ticket } from "../api/tickets"
import classes from "./ticket-actions.module.css"

const GiveBackDialog = lazy(async () => ({ default: (await import("./give-back-dialog")).GiveBackDialog }))

const GiveOnDialog = lazy(async () => ({ default: (await import("./give-on-dialog")).GiveOnDialog }))

/** For when plans change, while the ticket is good: what can be done with it, with its rule beside each button. */
export function TicketActions({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const isOnline = useOnline()
  if (ticket.status !== "paid" || !isOnline) return null
  return (
    <section className={classes.actions} aria-labelledby="plans">
      <Heading level={2} size="small" id="plans">
        {t("plans.title")}
      </Heading>
      <GiveOn ticket={ticket} />
      <GiveBack ticket={ticket} />
    </section>
  )
}

function GiveOn({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const [now] = useState(() => Date.now())
  const [isOpen, setIsOpen] = useState(false)
  if (ticket.offer) return <Offered ticket={ticket} offer={ticket.offer} />
  if (Date.parse(ticket.event.end_datetime) <= now) return null
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <strong>{t("giveOn.title")}</strong>
        <p>{t("giveOn.text")}</p>
      </div>
      <Button leftSection={<Send size={18} aria-hidden />} onClick={() => setIsOpen(true)}>
        {t("giveOn.open")}
      </Button>
      {isOpen && (
        <Suspense>
          <GiveOnDialog ticket={ticket} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Offered({ ticket, offer }: { ticket: Ticket; offer: NonNullable<Ticket["offer"]> }) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  const withdraw = useWithdrawOffer(ticket.id)
  return (
    <div className={classes.row}>
      <div className={classes.words} role="status">
        <strong>{t("giveOn.offered", { email: offer.email })}</strong>
        <p>{t("giveOn.offeredText", { date: formatDate(offer.expires_at, "dateTime", language) })}</p>
      </div>
      <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t("giveOn.withdraw")}
      </Button>
      <FormProblem error={withdraw.error} />
    </div>
  )
}

function GiveBack({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const { data, error, refetch } = useQuery(ticketRefund(ticket.id))
  const [isOpen, setIsOpen] = useState(false)
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <Skeleton height={76} />
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <strong>{t("giveBack.title")}</strong>
        <p>
          <Rule ticket={ticket} refund={data} />
        </p>
        {data.request?.status === "declined" && data.request.answer && (
          <p className={classes.answer}>{t("giveBack.declined", { answer: data.request.answer })}</p>
        )}
      </div>
      {data.way === "asked" && <Withdraw ticket={ticket} />}
      {(data.way === "now" || data.way === "ask") && (
        <Button leftSection={<Undo2 size={18} aria-hidden />} onClick={() => setIsOpen(true)}>
          {t(data.way === "now" ? "giveBack.open" : "giveBack.ask")}
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <GiveBackDialog ticket={ticket} refund={data} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Rule({ ticket, refund: { way, until } }: { ticket: Ticket; refund: TicketRefund }) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  const date = until && formatDate(until, "dateTime", language, ticket.event.timezone)
  if (way === "now" && date) return t("giveBack.until", { date })
  if (way === "ask") return date ? t("giveBack.over", { date }) : t("giveBack.byAsking")
  return t(way === "asked" ? "giveBack.asked" : "giveBack.none")
}

function Withdraw({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("checkout")
  const withdraw = useWithdrawAsking(ticket.id)
  return (
    <>
      <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t("giveBack.withdraw")}
      </Button>
      <FormProblem error={withdraw.error} />
    </>
  )
}
