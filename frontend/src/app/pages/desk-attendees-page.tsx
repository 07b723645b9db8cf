import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { Mail, Users } from "lucide-react"
import { useTranslation } from "react-i18next"
import { attendeeList } from "@/features/crm/api/attendees"
import type { DeskEvent } from "@/features/crm/api/events"
import { AttendeeFilters, type AttendeeSearch } from "@/features/crm/components/attendee-filters"
import { AttendeeTable } from "@/features/crm/components/attendee-table"
import { saveAttendees } from "@/features/crm/exports/api"
import { ExportListButton } from "@/features/crm/exports/export-list-button"
import { ZoneName } from "@/ui/date-time"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"
import { DeskEventFrame, ToEvent } from "./desk-event-frame"

const PAGE_SIZE = 25
/** What a filter of this list means for a message: only tickets that count are written to. */
const ATTENDANCE: Record<string, "expected" | "checked_in"> = { paid: "expected", checked_in: "checked_in" }
const route = getRouteApi("/crm/events/$eventId/attendees")

export function DeskAttendeesPage() {
  const { eventId } = route.useParams()
  return <DeskEventFrame eventId={eventId}>{(event) => <Attendees event={event} />}</DeskEventFrame>
}

function Attendees({ event }: { event: DeskEvent }) {
  const { t } = useTranslation(["crm", "common"])
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { page = 1, ...filters } = search
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(attendeeList(event.id, { ...search, page_size: PAGE_SIZE }))
  const filtered = Boolean(filters.q || filters.status || filters.ticket_type)

  const change = (part: AttendeeSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })

  return (
    <>
      <PageHeader
        kicker={<ToEvent event={event} />}
        title={t("attendees.title")}
        lead={
          <>
            <span aria-live="polite">{data && !isPlaceholderData && `${t("attendees.found", { count: data.count })} · `}</span>
            <ZoneName timeZone={event.timezone} />
          </>
        }
        actions={
          data &&
          data.count > 0 && (
            <>
              <ButtonLink
                to="/crm/mailings/new"
                search={{ event: event.id, ticket_type: filters.ticket_type, attendance: ATTENDANCE[filters.status ?? ""] }}
                leftSection={<Mail size={18} aria-hidden />}
              >
                {t("attendees.write")}
              </ButtonLink>
              <ExportListButton onSave={(choice) => saveAttendees(event.id, filters, choice)} />
            </>
          )
        }
      />
      <AttendeeFilters search={filters} ticketTypes={event.ticket_types} onChange={change} />
      {isPending ? (
        <ListSkeleton rows={8} height={60} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState
          title={t(filtered ? "orders.noneFound" : "attendees.none")}
          icon={<Users size={22} />}
          action={(filtered || page > 1) && <Button onClick={() => void navigate({ search: {} })}>{t("attendees.showAll")}</Button>}
        >
          {t(filtered ? "attendees.noneFoundText" : "attendees.noneText")}
        </EmptyState>
      ) : (
        <div aria-busy={isPlaceholderData}>
          <AttendeeTable rows={data.results} timeZone={event.timezone} />
          <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })} />
        </div>
      )}
    </>
  )
}
