import { Button, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { i18next } from "@/lib/i18n"
import { z } from "@/lib/zod"
import { fromZoned, toZoned } from "@/lib/zoned-time"
import { ZoneName } from "@/ui/date-time"
import { Dialog } from "@/ui/dialog"
import { field, FormProblem } from "@/ui/form"
import { useSaveTicketType, type DeskEvent, type TicketType } from "../api/events"
import { onField } from "../event-form"
import classes from "./ticket-types.module.css"

const schema = z
  .object({
    name: z.string().trim().min(1).max(80),
    description: z.string().trim().max(300),
    price: z
      .string()
      .trim()
      .transform((text) => text.replace(/\s/g, "").replace(",", "."))
      .pipe(z.string().regex(/^\d{1,10}(\.\d{1,2})?$/)),
    quantity_total: z.string().trim().regex(/^\d{1,7}$/),
    max_per_order: z.string().trim().regex(/^\d{1,3}$/),
    sales_start: z.string().min(1),
    sales_end: z.string().min(1),
  })
  .refine(({ sales_start, sales_end }) => sales_end > sales_start, {
    path: ["sales_end"],
    error: () => i18next.t("crm:tickets.endsFirst"),
  })

interface Props {
  event: DeskEvent
  /** The organizer's own, which every price of theirs is in. */
  currency: TicketType["currency"]
  ticketType?: TicketType
  onClose: () => void
}

/** One kind of ticket: its price, how many, and when it is sold, by the clock of the event. */
export function TicketTypeForm({ event, currency, ticketType, onClose }: Props) {
  const { t } = useTranslation("crm")
  const zone = event.timezone
  const form = useForm({ resolver: zodResolver(schema), defaultValues: ticketType ? shown(ticketType, zone) : fresh(event) })
  const [problem, setProblem] = useState<unknown>(null)
  const save = useSaveTicketType(event.id, ticketType?.id)

  const submit = form.handleSubmit(({ quantity_total, max_per_order, sales_start, sales_end, ...texts }) => {
    setProblem(null)
    const body = {
      ...texts,
      quantity_total: Number(quantity_total),
      max_per_order: Number(max_per_order),
      sales_start: fromZoned(sales_start, zone),
      sales_end: fromZoned(sales_end, zone),
    }
    save.mutate(body, {
      onSuccess: onClose,
      onError: (error) => setProblem(showOnForm(onField(error, { ticket_type_name_taken: "name", quantity_below_taken: "quantity_total" }), form)),
    })
  })

  return (
    <Dialog title={t(ticketType ? "tickets.editTitle" : "tickets.newTitle")} size="lg" onClose={onClose} closeOnClickOutside={false}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(submitted) => {
          submitted.stopPropagation() // a dialog in the page of another form: React would tell that one too
          void submit(submitted)
        }}
      >
        <FormProblem error={problem} />
        <TextInput label={t("tickets.name")} data-autofocus {...field(form, "name")} />
        <TextInput label={t("tickets.description")} {...field(form, "description")} />
        <div className={classes.pair}>
          <TextInput
            label={t("tickets.price", { currency: t(`currency.${currency}`) })}
            description={t("tickets.priceHint")}
            inputMode="decimal"
            {...field(form, "price")}
          />
          <TextInput label={t("tickets.total")} description={t("tickets.totalHint")} inputMode="numeric" {...field(form, "quantity_total")} />
          <TextInput type="datetime-local" label={t("tickets.salesStart")} description={<ZoneName timeZone={zone} />} {...field(form, "sales_start")} />
          <TextInput type="datetime-local" label={t("tickets.salesEnd")} description={<ZoneName timeZone={zone} />} {...field(form, "sales_end")} />
          <TextInput label={t("tickets.most")} inputMode="numeric" {...field(form, "max_per_order")} />
        </div>
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("tickets.close")}</Button>
          <Button type="submit" variant="primary" loading={save.isPending}>
            {t(ticketType ? "tickets.save" : "tickets.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function shown(one: TicketType, zone: string) {
  return {
    name: one.name,
    description: one.description,
    price: one.price.replace(/\.00$/, ""),
    quantity_total: String(one.quantity_total),
    max_per_order: String(one.max_per_order),
    sales_start: toZoned(one.sales_start, zone),
    sales_end: toZoned(one.sales_end, zone),
  }
}

/** On sale from now until the start. */
function fresh({ start_datetime, timezone }: DeskEvent) {
  return {
    name: "",
    description: "",
    price: "",
    quantity_total: "",
    max_per_order: "10",
    sales_start: toZoned(new Date().toISOString(), timezone),
    sales_end: toZoned(start_datetime, timezone),
  }
}
