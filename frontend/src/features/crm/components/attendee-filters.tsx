import { NativeSelect } from "@mantine/core"
import { Search } from "lucide-react"
import { useTranslation } from "react-i18next"
import type { AttendeeFilters as Filters, AttendeeStatus } from "../api/attendees"
import type { TicketType } from "../api/events"
import { Chips } from "./chips"
import { FilterLine } from "@/ui/filter-line"
import classes from "./filters.module.css"

const STATUSES = [undefined, "paid", "checked_in", "reserved", "refunded", "canceled"] as const satisfies (AttendeeStatus | undefined)[]

export type AttendeeSearch = Pick<Filters, "q" | "status" | "ticket_type">

interface Props {
  search: AttendeeSearch
  ticketTypes: TicketType[]
  onChange: (change: AttendeeSearch) => void
}

export function AttendeeFilters({ search, ticketTypes, onChange }: Props) {
  const { t } = useTranslation("crm")
  return (
    <section className={classes.filters} aria-label={t("orders.filters")}>
      <Chips
        label={t("orders.status")}
        options={STATUSES.map((value) => ({ value, label: value ? t(`attendeeStatus.${value}`) : t("orders.any") }))}
        chosen={search.status}
        onChoose={(status) => onChange({ status })}
      />
      <div className={classes.fields}>
        <FilterLine
          label={t("orders.search")}
          placeholder={t("attendees.searchHint")}
          leftSection={<Search size={18} aria-hidden />}
          value={search.q}
          onSettle={(q) => onChange({ q })}
        />
        <NativeSelect
          className={classes.two}
          label={t("attendees.ticket")}
          value={search.ticket_type ?? ""}
          onChange={({ currentTarget: { value } }) => onChange({ ticket_type: value ? Number(value) : undefined })}
          data={[{ value: "", label: t("attendees.anyTicket") }, ...ticketTypes.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
      </div>
    </section>
  )
}
