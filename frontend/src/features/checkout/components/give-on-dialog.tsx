import { Button, TextInput } from "@mantine/core"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { useOfferTicket } from "../api/ticket-offers"
import type { Ticket } from "../api/tickets"
import classes from "./ticket-actions.module.css"

/** To whom the ticket goes, and what that means, before it is sent. */
export function GiveOnDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation(["checkout", "common"])
  const offer = useOfferTicket(ticket.id)
  const [email, setEmail] = useState("")
  const ofField = offer.error instanceof ApiError ? offer.error.fields.find(({ pointer }) => pointer === "/email") : undefined

  function send(event: FormEvent) {
    event.preventDefault()
    if (!email.trim()) return
    offer.mutate(email.trim(), {
      onSuccess: ({ email: to }) => {
        void notify(t("giveOn.sent", { email: to }))
        onClose()
      },
    })
  }

  return (
    <Dialog onClose={onClose} title={t("giveOn.dialog")} closeOnClickOutside={false}>
      <form className={classes.form} onSubmit={send} noValidate>
        <p>{t("giveOn.lead")}</p>
        <TextInput
          type="email"
          label={t("giveOn.email")}
          autoComplete="off"
          data-autofocus
          value={email}
          error={ofField?.detail}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <FormProblem error={ofField ? null : offer.error} />
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button type="submit" variant="primary" loading={offer.isPending} disabled={!email.trim()}>
            {t("giveOn.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
