import { NativeSelect } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { deskEvent, eventList } from "../api/events"

/** All of them at a glance; older ones are reached from their own page. */
const SHOWN = 100

/** Which event the figures are of; all of them together unless one is chosen. */
export function DashboardEvent({ event, onChange }: { event?: number; onChange: (event: number | undefined) => void }) {
  const { t } = useTranslation("crm")
  const { data } = useQuery(eventList({ page_size: SHOWN }))
  const listed = data?.results ?? []
  const isListed = listed.some(({ id }) => id === event)
  const { data: other } = useQuery({ ...deskEvent(event ?? 0), enabled: event !== undefined && data !== undefined && !isListed })
  if (listed.length === 0 && event === undefined) return null
  const options = listed.map(({ id, title }) => ({ value: String(id), label: title }))
  if (event !== undefined && !isListed) options.unshift({ value: String(event), label: other?.title ?? `№ ${event}` })
  return (
    <NativeSelect
      aria-label={t("dashboard.event")}
      value={event ?? ""}
      onChange={({ currentTarget: { value } }) => onChange(value ? Number(value) : undefined)}
      data={[{ value: "", label: t("dashboard.allEvents") }, ...options]}
    />
  )
}
