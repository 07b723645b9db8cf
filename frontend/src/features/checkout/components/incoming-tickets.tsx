import { Button, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { formatDate } from "@/lib/dates"
import { useLanguage } from "@/lib/use-language"
import { useOnline } from "@/lib/use-online"
import { DateBlock } from "@/ui/date-time"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { incomingTickets, useDeclineTicket, useTakeTicket, type IncomingTicket } from "../api/ticket-offers"
import classes from "./incoming-tickets.module.css"

/** Tickets that others give the person; nothing where there are none, or none can be asked for. */
export function IncomingTickets({ name }: { name: string }) {
  const { t } = useTranslation("checkout")
  const isOnline = useOnline()
  const { data } = useQuery({ ...incomingTickets(), enabled: isOnline })
  if (!data || data.results.length === 0) return null
  return (
    <section className={classes.incoming} aria-labelledby="incoming">
      <Heading level={2} size="small" id="incoming">
        {t("incoming.title", { count: data.count })}
      </Heading>
      <ul>
        {data.results.map((offer) => (
          <li key={offer.id}>
            <Offer offer={offer} name={name} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Offer({ offer, name }: { offer: IncomingTicket; name: string }) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  const { event } = offer
  const [isTaking, setIsTaking] = useState(false)
  const decline = useDeclineTicket()
  const place = event.location ? `${event.location.city}, ${event.location.address}` : t("ticket.online")
  return (
    <div className={classes.offer}>
      <DateBlock iso={event.start_datetime} timeZone={event.timezone} />
      <div className={classes.words}>
        <p className={classes.giver}>{t("incoming.from", { giver: offer.giver })}</p>
        <strong>{event.title}</strong>
        <p>
          {offer.ticket_type} · {formatDate(event.start_datetime, "time", language, event.timezone)}, {place}
        </p>
        <p>{t("incoming.until", { date: formatDate(offer.expires_at, "dateTime", language) })}</p>
        {isTaking ? (
          <Take offer={offer} name={name} onCancel={() => setIsTaking(false)} />
        ) : (
          <div className={classes.buttons}>
            <Button variant="primary" onClick={() => setIsTaking(true)}>
              {t("incoming.take")}
            </Button>
            <Button loading={decline.isPending} onClick={() => decline.mutate(offer.id)}>
              {t("incoming.decline")}
            </Button>
          </div>
        )}
        <FormProblem error={decline.error} />
      </div>
    </div>
  )
}

const takeFocus = (field: HTMLInputElement | null) => field?.focus()

/** Whose name stands on it is asked anew: the giver's would be wrong. */
function Take({ offer, name, onCancel }: { offer: IncomingTicket; name: string; onCancel: () => void }) {
  const { t } = useTranslation(["checkout", "common"])
  const navigate = useNavigate()
  const take = useTakeTicket()
  const [typed, setTyped] = useState(name)

  function send(event: FormEvent) {
    event.preventDefault()
    if (!typed.trim()) return
    take.mutate(
      { id: offer.id, attendee_name: typed.trim() },
      { onSuccess: (ticket) => void navigate({ to: "/tickets/$ticketId", params: { ticketId: ticket.id } }) },
    )
  }

  return (
    <form className={classes.take} onSubmit={send}>
      <TextInput
        label={t("ticket.nameLabel")}
        autoComplete="name"
        maxLength={120}
        ref={takeFocus}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <FormProblem error={take.error} />
      <div className={classes.buttons}>
        <Button type="submit" variant="primary" loading={take.isPending} disabled={!typed.trim()}>
          {t("incoming.takeIt")}
        </Button>
        <Button onClick={onCancel}>{t("common:cancel")}</Button>
      </div>
    </form>
  )
}
