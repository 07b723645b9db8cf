import { Button } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatDate } from "@/lib/dates"
import { formatMoney, sumMoney, timesQuantity } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { Money } from "@/ui/money"
import { QuantityStepper } from "@/ui/quantity-stepper"
import { StatusPill } from "@/ui/status-pill"
import type { EventDetail, TicketOffer } from "../api/events"
import classes from "./ticket-picker.module.css"

const FEW = 5

export interface ChosenTicket {
  offer: TicketOffer
  quantity: number
}

interface Props {
  event: EventDetail
  adding: boolean
  onAdd: (tickets: ChosenTicket[]) => Promise<unknown>
}

/** The ticket table with its own buy bar, which stays within the thumb's reach on a phone. */
export function TicketPicker({ event, adding, onAdd }: Props) {
  const { t } = useTranslation("events")
  const language = useLanguage()
  const [quantities, setQuantities] = useState<Record<number, number>>({})
  const chosen = event.ticket_types
    .map((offer) => ({ offer, quantity: quantities[offer.id] ?? 0 }))
    .filter(({ quantity }) => quantity > 0)
  const total = sumMoney(chosen.map(({ offer, quantity }) => timesQuantity(offer.price, quantity)))
  const isOnSale = event.ticket_types.some((offer) => offer.availability === "on_sale")

  async function add() {
    await onAdd(chosen)
    setQuantities({})
  }

  return (
    <>
      <ul className={classes.list}>
        {event.ticket_types.map((offer) => (
          <li key={offer.id} className={classes.row}>
            <div className={classes.words}>
              <span className={classes.name}>{offer.name}</span>
              {offer.description && <span className={classes.note}>{offer.description}</span>}
              <OfferNote offer={offer} event={event} />
            </div>
            <Money amount={offer.price} currency={offer.currency} free className={classes.price} />
            {offer.availability === "on_sale" && (
              <QuantityStepper
                value={quantities[offer.id] ?? 0}
                min={0}
                max={Math.min(offer.max_per_order, offer.left)}
                label={t("tickets.quantity", { name: offer.name })}
                onChange={(quantity) => setQuantities({ ...quantities, [offer.id]: quantity })}
              />
            )}
          </li>
        ))}
      </ul>
      {isOnSale && (
        <div className={classes.bar}>
          <Button variant="primary" size="md" fullWidth disabled={chosen.length === 0} loading={adding} onClick={() => void add()}>
            {chosen.length === 0
              ? t("tickets.choose")
              : t("tickets.addFor", { price: formatMoney(total, event.currency, language) })}
          </Button>
        </div>
      )}
    </>
  )
}

function OfferNote({ offer, event }: { offer: TicketOffer; event: EventDetail }) {
  const { t } = useTranslation("events")
  const language = useLanguage()
  const date = (iso: string) => formatDate(iso, "dateTime", language, event.timezone)
  switch (offer.availability) {
    case "sold_out":
      return <StatusPill>{t("soldOut")}</StatusPill>
    case "not_yet":
      return <span className={classes.note}>{t("tickets.notYet", { date: date(offer.sales_start) })}</span>
    case "ended":
      return <span className={classes.note}>{t("tickets.ended")}</span>
    default:
      if (offer.left <= FEW) return <StatusPill tone="warm">{t("left", { count: offer.left })}</StatusPill>
      if (new Date(offer.sales_end) >= new Date(event.start_datetime)) return null // everyone expects that
      return <span className={classes.note}>{t("tickets.until", { date: date(offer.sales_end) })}</span>
  }
}
