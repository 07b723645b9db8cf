import { Button, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useOnline } from "@/lib/use-online"
import { useErrorText } from "@/ui/use-error-text"
import { useNameTicket, type Ticket } from "../api/tickets"
import classes from "./ticket.module.css"

const takeFocus = (field: HTMLInputElement | null) => field?.focus()

/** Who comes with the ticket, and writing another name on it while it is good. */
export function TicketName({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation(["checkout", "common"])
  const [typed, setTyped] = useState<string | null>(null)
  const isOnline = useOnline()
  const rename = useNameTicket(ticket.id)
  const problem = useErrorText(rename.error)
  const name = typed?.trim() ?? ""
  if (typed === null) {
    return (
      <dd className={classes.name}>
        {ticket.attendee_name || t("ticket.nobody")}
        {ticket.status === "paid" && isOnline && (
          <Button size="sm" variant="subtle" onClick={() => setTyped(ticket.attendee_name)}>
            {t("ticket.rename")}
          </Button>
        )}
      </dd>
    )
  }
  return (
    <dd>
      <form
        className={classes.rename}
        onSubmit={(event) => {
          event.preventDefault()
          if (name) rename.mutate(name, { onSuccess: () => setTyped(null) })
        }}
      >
        <TextInput
          label={t("ticket.nameLabel")}
          autoComplete="name"
          maxLength={120}
          ref={takeFocus}
          value={typed}
          error={rename.error && problem.text}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="primary" loading={rename.isPending} disabled={!name}>
          {t("common:save")}
        </Button>
        <Button onClick={() => setTyped(null)}>{t("common:cancel")}</Button>
      </form>
    </dd>
  )
}
