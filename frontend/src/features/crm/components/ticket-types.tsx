import { Button } from "@mantine/core"
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from "lucide-react"
import { useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { FormProblem } from "@/ui/form"
import { Money } from "@/ui/money"
import { useArrangeTicketTypes, useDeleteTicketType, type DeskEvent, type TicketType } from "../api/events"
import { Meter } from "./meter"
import { Panel } from "./panel"
import { TicketTypeForm } from "./ticket-type-form"
import classes from "./ticket-types.module.css"

/** What is on sale, in the order buyers see it. Each change is saved at once. */
export function TicketTypes({ event, currency }: { event: DeskEvent; currency: TicketType["currency"] }) {
  const { t } = useTranslation("crm")
  const [editing, setEditing] = useState<TicketType | "new" | null>(null)
  const arrange = useArrangeTicketTypes(event.id)
  const remove = useDeleteTicketType(event.id)
  const types = event.ticket_types
  const isOpen = event.status === "draft" || event.status === "published"
  const list = useRef<HTMLUListElement>(null)

  function move(index: number, by: -1 | 1) {
    const order = types.map(({ id }) => id)
    const [moved] = order.splice(index, 1)
    if (moved === undefined) return
    order.splice(index + by, 0, moved)
    arrange.mutate(order, {
      // The hand stays on what it moves.
      onSettled: () => list.current?.querySelector<HTMLElement>(`[data-id="${moved}"] [data-by="${by}"]`)?.focus(),
    })
  }

  return (
    <Panel
      title={t("tickets.title")}
      id="tickets"
      aside={
        isOpen &&
        types.length > 0 && (
          <Button size="xs" leftSection={<Plus size={16} aria-hidden />} onClick={() => setEditing("new")}>
            {t("tickets.add")}
          </Button>
        )
      }
    >
      <div className={classes.body}>
        {types.length === 0 ? (
          <div className={classes.none}>
            <p>{t("tickets.none")}</p>
            {isOpen && (
              <Button leftSection={<Plus size={18} aria-hidden />} onClick={() => setEditing("new")}>
                {t("tickets.add")}
              </Button>
            )}
          </div>
        ) : (
          <ul ref={list} className={classes.list} aria-busy={arrange.isPending}>
            {types.map((one, index) => (
              <li key={one.id} data-id={one.id}>
                <div className={classes.words}>
                  <strong>{one.name}</strong>
                  {one.description && <small>{one.description}</small>}
                  <small>
                    <DateTime iso={one.sales_start} format="dateTime" timeZone={event.timezone} />
                    {" – "}
                    <DateTime iso={one.sales_end} format="dateTime" timeZone={event.timezone} />
                    {" · "}
                    {t("tickets.perOrder", { count: one.max_per_order })}
                  </small>
                </div>
                <div className={classes.numbers}>
                  <strong>
                    <Money amount={one.price} currency={one.currency} free />
                  </strong>
                  <Meter
                    label={t("events.soldOf", { sold: one.quantity_sold, total: one.quantity_total })}
                    share={one.quantity_total ? one.quantity_sold / one.quantity_total : 0}
                  />
                </div>
                {isOpen && (
                  <div className={classes.tools}>
                    <Tool icon={ArrowUp} label={t("tickets.up", { name: one.name })} by={-1} disabled={index === 0} onClick={() => move(index, -1)} />
                    <Tool
                      icon={ArrowDown}
                      label={t("tickets.down", { name: one.name })}
                      by={1}
                      disabled={index === types.length - 1}
                      onClick={() => move(index, 1)}
                    />
                    <Tool icon={Pencil} label={t("tickets.edit", { name: one.name })} onClick={() => setEditing(one)} />
                    {one.quantity_sold + one.quantity_held === 0 && (
                      <Tool icon={Trash2} label={t("tickets.remove", { name: one.name })} onClick={() => remove.mutate(one.id)} />
                    )}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
        <FormProblem error={remove.error ?? arrange.error} />
      </div>
      {editing && <TicketTypeForm event={event} currency={currency} ticketType={editing === "new" ? undefined : editing} onClose={() => setEditing(null)} />}
    </Panel>
  )
}

interface ToolProps {
  icon: typeof Pencil
  label: string
  by?: number
  disabled?: boolean
  onClick: () => void
}

function Tool({ icon: Icon, label, by, disabled, onClick }: ToolProps) {
  return (
    <button type="button" data-by={by} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon size={18} aria-hidden />
    </button>
  )
}
