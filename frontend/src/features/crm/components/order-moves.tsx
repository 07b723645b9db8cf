import { Button, TextInput } from "@mantine/core"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { TicketStub } from "@/ui/ticket-stub"
import { Heading } from "@/ui/heading"
import { useMoveOrder, type Order } from "../api/orders"
import classes from "./order-moves.module.css"

/** What this part of the order waits for, and the one press that moves it on. Nothing moves before the server says so. */
export function OrderMoves({ order, reference }: { order: Order; reference: string }) {
  const { t } = useTranslation("crm")
  const move = useMoveOrder(reference)
  const [number, setNumber] = useState(order.tracking_number)
  const { delivery_type: delivery, next_statuses: next, status } = order
  const canShip = next.includes("shipped")
  const isShipped = status === "shipped"
  const numberChanged = number.trim() !== order.tracking_number

  function send(event: FormEvent) {
    event.preventDefault()
    if (move.isPending) return
    move.mutate({ ...(canShip && { status: "shipped" as const }), tracking_number: number.trim() })
  }

  // A ship press says what the parcel is: it outweighs "packed", which only tells the team.
  const plain = (["packed", "completed"] as const).filter((to) => next.includes(to) && !(canShip && to === "completed"))

  const words = (
    <div className={classes.words} role="status">
      <Heading level={2} size="small">
        {t(delivery === "none" && status === "completed" ? "step.tickets" : `step.${status}`)}
      </Heading>
      <p>{t(status === "open" || status === "packed" || delivery === "none" ? `stepText.${status === "canceled" ? status : delivery}` : `stepText.${status}`)}</p>
    </div>
  )
  if (next.length === 0) return <section className={classes.done}>{words}</section>

  return (
    <TicketStub
      as="section"
      side="below"
      stub={
        <div className={classes.actions}>
          {(canShip || isShipped) && (
            <form onSubmit={send} className={classes.ship}>
              <TextInput
                label={t("moves.tracking")}
                description={canShip ? t("moves.trackingHint") : undefined}
                name="tracking_number"
                autoComplete="off"
                maxLength={80}
                value={number}
                onChange={(event) => setNumber(event.currentTarget.value)}
              />
              {(canShip || numberChanged) && (
                <Button type="submit" variant={canShip ? "primary" : "default"} loading={move.isPending && !isPlain(move.variables?.status)}>
                  {t(canShip ? "moves.shipped" : "moves.saveNumber")}
                </Button>
              )}
            </form>
          )}
          {plain.map((to) => (
            <Button
              key={to}
              variant={!canShip && to === "completed" ? "primary" : "default"}
              loading={move.isPending && move.variables?.status === to}
              onClick={() => !move.isPending && move.mutate({ status: to })}
            >
              {t(to === "completed" ? (delivery === "pickup" ? "moves.handedOver" : "moves.completed") : "moves.packed")}
            </Button>
          ))}
          <FormProblem error={move.error} />
        </div>
      }
    >
      {words}
    </TicketStub>
  )
}

const isPlain = (status: string | undefined) => status === "packed" || status === "completed"
