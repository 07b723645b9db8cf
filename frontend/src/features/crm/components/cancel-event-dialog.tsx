import { Button, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { Skeleton } from "@/ui/skeleton"
import { cancelPreview, useCancelEvent, type DeskEvent } from "../api/events"
import classes from "./cancel-event-dialog.module.css"

/** Call an event off. The server says first whom it touches and what goes back; then the title is typed. */
export function CancelEventDialog({ event, onClose }: { event: DeskEvent; onClose: () => void }) {
  const { t } = useTranslation("crm")
  const language = useLanguage()
  const { data, error, isFetching } = useQuery(cancelPreview(event.id))
  const [reason, setReason] = useState("")
  const [typed, setTyped] = useState("")
  const cancel = useCancelEvent(event.id)
  const isSame = plain(typed) === plain(event.title)
  const known = data && !isFetching ? data : null
  const sum = known && formatMoney(known.amount, known.currency, language)

  function confirm(submitted: FormEvent) {
    submitted.preventDefault()
    if (!known || !isSame || cancel.isPending) return
    cancel.mutate(reason.trim(), {
      onSuccess: () => {
        void notify(t("cancel.done"))
        onClose()
      },
    })
  }

  return (
    <Dialog title={t("cancel.title")} onClose={onClose} size="lg" closeOnClickOutside={false}>
      <form onSubmit={confirm} className={classes.form}>
        <p>{t("cancel.lead")}</p>
        <div aria-live="polite" className={classes.preview}>
          {known ? (
            <dl>
              <div>
                <dt>{t("cancel.goesBack")}</dt>
                <dd className={classes.sum}>{sum}</dd>
              </div>
              <div>
                <dt>{t("cancel.orders")}</dt>
                <dd>{t("figures.count", { count: known.orders })}</dd>
              </div>
              <div>
                <dt>{t("cancel.people")}</dt>
                <dd>{t("figures.count", { count: known.people })}</dd>
              </div>
              <div>
                <dt>{t("cancel.tickets")}</dt>
                <dd>{t("figures.count", { count: known.tickets })}</dd>
              </div>
              {known.unpaid_orders > 0 && (
                <div>
                  <dt>{t("cancel.unpaid")}</dt>
                  <dd>{t("figures.count", { count: known.unpaid_orders })}</dd>
                </div>
              )}
            </dl>
          ) : (
            !error && <Skeleton height={150} />
          )}
        </div>
        <TextInput
          label={t("refund.reason")}
          description={t("cancel.reasonHint")}
          maxLength={200}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <TextInput
          label={t("cancel.type", { title: event.title })}
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <FormProblem error={cancel.error ?? error} />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("cancel.keep")}</Button>
          <Button type="submit" variant="danger" disabled={!known || !isSame} loading={cancel.isPending}>
            {known && known.orders > 0 ? t("cancel.confirm", { sum: sum ?? "" }) : t("cancel.action")}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const plain = (text: string) => text.trim().replace(/\s+/g, " ").toLocaleLowerCase()
