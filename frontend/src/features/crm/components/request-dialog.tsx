import { Button, Textarea } from "@mantine/core"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney, isZero } from "@/lib/money"
import { newKey } from "@/lib/new-key"
import { useLanguage } from "@/lib/use-language"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { SumLine } from "@/ui/sum-line"
import { useDeclineRequest, useGrantRequest, type RefundRequest } from "../api/orders"
import classes from "./refund-dialog.module.css"

interface Props {
  request: RefundRequest
  verb: "grant" | "decline"
  currency: string
  onClose: () => void
}

/** Say yes to what a holder asks, seeing what it does, or no with a reason they read. */
export function RequestDialog({ request, verb, currency, onClose }: Props) {
  const { t } = useTranslation(["crm", "common"])
  const title = t(`requests.${verb}Title`, { name: request.asked_by })
  return (
    <Dialog onClose={onClose} title={title} closeOnClickOutside={false}>
      {verb === "grant" ? (
        <Grant request={request} currency={currency} onClose={onClose} />
      ) : (
        <Decline request={request} onClose={onClose} />
      )}
    </Dialog>
  )
}

function Grant({ request, currency, onClose }: Omit<Props, "verb">) {
  const { t } = useTranslation(["crm", "common"])
  const grant = useGrantRequest()
  // One press, one intention: a try after a lost answer carries the same key.
  const [key] = useState(newKey)
  const sum = formatMoney(request.amount, currency, useLanguage())
  const name = request.attendee_name || request.asked_by

  return (
    <div className={classes.form}>
      <p className={classes.lead}>{t("requests.grantLead", { ticket: `${request.ticket_type}, ${name}` })}</p>
      <SumLine label={t("refund.buyerGets")} sum={sum} />
      <FormProblem error={grant.error} />
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button
          variant="danger"
          loading={grant.isPending}
          onClick={() =>
            grant.mutate(
              { id: request.id, key },
              {
                onSuccess: () => {
                  void notify(isZero(request.amount) ? t("requests.granted") : t("refund.onItsWay", { sum }))
                  onClose()
                },
              },
            )
          }
        >
          {t("requests.grant", { sum })}
        </Button>
      </div>
    </div>
  )
}

function Decline({ request, onClose }: Omit<Props, "verb" | "currency">) {
  const { t } = useTranslation(["crm", "common"])
  const decline = useDeclineRequest()
  const [answer, setAnswer] = useState("")

  function send(event: FormEvent) {
    event.preventDefault()
    if (answer.trim()) decline.mutate({ id: request.id, answer: answer.trim() }, { onSuccess: onClose })
  }

  return (
    <form className={classes.form} onSubmit={send}>
      <p className={classes.lead}>{t("requests.declineLead")}</p>
      <Textarea
        label={t("requests.answer")}
        description={t("requests.answerHint")}
        autosize
        minRows={3}
        maxLength={500}
        data-autofocus
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <FormProblem error={decline.error} />
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button type="submit" variant="primary" loading={decline.isPending} disabled={!answer.trim()}>
          {t("requests.declineSend")}
        </Button>
      </div>
    </form>
  )
}
