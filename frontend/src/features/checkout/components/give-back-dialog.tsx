import { Button, Textarea } from "@mantine/core"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney, isZero } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { SumLine } from "@/ui/sum-line"
import { useAskForRefund, useGiveBack, type TicketRefund } from "../api/ticket-refund"
import type { Ticket } from "../api/tickets"
import classes from "./ticket-actions.module.css"

interface Props {
  ticket: Ticket
  refund: TicketRefund
  onClose: () => void
}

/** The last word before a ticket goes back, with the exact sum; or the question to the organizer. */
export function GiveBackDialog({ ticket, refund, onClose }: Props) {
  const { t } = useTranslation("checkout")
  // What was opened stays open: a rule that ends meanwhile is told by the server's refusal.
  const [way] = useState(refund.way)
  return (
    <Dialog onClose={onClose} title={t(way === "now" ? "giveBack.sure" : "giveBack.askTitle")} closeOnClickOutside={false}>
      {way === "now" ? <Now ticket={ticket} refund={refund} onClose={onClose} /> : <Ask ticket={ticket} refund={refund} onClose={onClose} />}
    </Dialog>
  )
}

function Now({ ticket, refund, onClose }: Props) {
  const { t } = useTranslation(["checkout", "common"])
  const giveBack = useGiveBack(ticket.id)
  const sum = useSum(refund)

  function confirm() {
    giveBack.mutate(undefined, {
      onSuccess: () => {
        void notify(sum ? t("giveBack.done", { sum }) : t("giveBack.doneFree"))
        onClose()
      },
    })
  }

  return (
    <div className={classes.form}>
      <p>{t("giveBack.lead", { event: ticket.event.title })}</p>
      <Sum refund={refund} />
      <FormProblem error={giveBack.error} />
      <div className={classes.buttons}>
        <Button onClick={onClose}>{t("giveBack.keep")}</Button>
        <Button variant="danger" loading={giveBack.isPending} onClick={confirm}>
          {sum ? t("giveBack.confirm", { sum }) : t("giveBack.open")}
        </Button>
      </div>
    </div>
  )
}

function Ask({ ticket, refund, onClose }: Props) {
  const { t } = useTranslation(["checkout", "common"])
  const ask = useAskForRefund(ticket.id)
  const [reason, setReason] = useState("")

  function send(event: FormEvent) {
    event.preventDefault()
    if (reason.trim()) ask.mutate(reason.trim(), { onSuccess: onClose })
  }

  return (
    <form className={classes.form} onSubmit={send}>
      <p>{t("giveBack.askLead", { organizer: ticket.event.organizer.display_name })}</p>
      <Sum refund={refund} asked />
      <Textarea
        label={t("giveBack.reason")}
        minRows={3}
        rows={3}
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormProblem error={ask.error} />
      <div className={classes.buttons}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button type="submit" variant="primary" loading={ask.isPending} disabled={!reason.trim()}>
          {t("giveBack.send")}
        </Button>
      </div>
    </form>
  )
}

/** What comes back to the person, where it does. */
function Sum({ refund, asked = false }: { refund: TicketRefund; asked?: boolean }) {
  const { t } = useTranslation("checkout")
  const sum = useSum(refund)
  if (refund.amount === null) return <p>{t("giveBack.toPayer")}</p>
  if (!sum) return null
  return <SumLine label={t(asked ? "giveBack.wouldGet" : "giveBack.youGet")} sum={sum} />
}

/** The sum in words of the reader; null where nothing comes back to them. */
function useSum({ amount, currency }: TicketRefund): string | null {
  const language = useLanguage()
  return amount === null || isZero(amount) ? null : formatMoney(amount, currency, language)
}
