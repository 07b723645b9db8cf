import { Button } from "@mantine/core"
import { getRouteApi } from "@tanstack/react-router"
import { ExternalLink, Pencil, ScanLine, Users } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { useDeleteDraft, useEventStep, type DeskEvent } from "@/features/crm/api/events"
import { EventFigures } from "@/features/crm/components/event-figures"
import { EventStatusPill } from "@/features/crm/components/event-status"
import { Panel } from "@/features/crm/components/panel"
import { PublishPanel } from "@/features/crm/components/publish-panel"
import { TicketTypes } from "@/features/crm/components/ticket-types"
import { ButtonLink } from "@/ui/button-link"
import { EventDate } from "@/ui/date-time"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { PageHeader } from "@/ui/page-header"
import { Picture } from "@/ui/picture"
import { DeskEventFrame, ToEvents } from "./desk-event-frame"
import classes from "./desk-event-page.module.css"
import { useDeskCurrency } from "./desk-zone"

const CancelEventDialog = lazy(async () => ({
  default: (await import("@/features/crm/components/cancel-event-dialog")).CancelEventDialog,
}))
const route = getRouteApi("/crm/events/$eventId")

export function DeskEventPage() {
  const { eventId } = route.useParams()
  return <DeskEventFrame eventId={eventId}>{(event) => <EventView event={event} />}</DeskEventFrame>
}

function EventView({ event }: { event: DeskEvent }) {
  const { t } = useTranslation("crm")
  const navigate = route.useNavigate()
  const params = { eventId: String(event.id) }
  const isPublic = event.status !== "draft"
  return (
    <>
      <PageHeader
        kicker={<ToEvents />}
        title={event.title}
        lead={
          <span className={classes.lead}>
            <EventStatusPill status={event.status} />
            <span>{event.category.name}</span>
          </span>
        }
        actions={
          <>
            {isPublic && (
              <ButtonLink to="/events/$slug" params={{ slug: event.slug }} leftSection={<ExternalLink size={18} aria-hidden />}>
                {t("eventPage.public")}
              </ButtonLink>
            )}
            <ButtonLink to="/crm/events/$eventId/edit" params={params} leftSection={<Pencil size={18} aria-hidden />}>
              {t("eventPage.edit")}
            </ButtonLink>
          </>
        }
      />
      <div className={classes.stack}>
        {isPublic && <EventFigures id={event.id} />}
        <div className={classes.columns}>
          <div className={classes.column}>
            {isPublic && (
              <div className={classes.more}>
                <ButtonLink to="/crm/events/$eventId/attendees" params={params} leftSection={<Users size={18} aria-hidden />}>
                  {t("attendees.title")}
                </ButtonLink>
                {event.status === "published" && (
                  <ButtonLink to="/crm/check-in" search={{ event: event.id }} leftSection={<ScanLine size={18} aria-hidden />}>
                    {t("door.title")}
                  </ButtonLink>
                )}
              </div>
            )}
            <TicketTypes event={event} currency={useDeskCurrency()} />
            <Steps event={event} />
          </div>
          <div className={classes.column}>
            {event.status === "draft" && (
              <PublishPanel event={event} onSection={(section) => void navigate({ to: "/crm/events/$eventId/edit", params, search: { section } })} />
            )}
            <Picture image={event.cover} ratio="16 / 9" sizes="340px" className={classes.cover} />
            <Facts event={event} />
          </div>
        </div>
      </div>
    </>
  )
}

function Facts({ event }: { event: DeskEvent }) {
  const { t } = useTranslation("crm")
  const { location, online_info: online } = event
  return (
    <Panel title={t("eventPage.facts")}>
      <dl className={classes.facts}>
        <div>
          <dt>{t("editor.when")}</dt>
          <dd>
            <EventDate start={event.start_datetime} end={event.end_datetime} timeZone={event.timezone} city={location?.city} />
          </dd>
        </div>
        <div>
          <dt>{t("editor.where")}</dt>
          <dd>
            {event.format === "online"
              ? (online?.meeting_link || online?.stream_url || t("eventPage.notSaid"))
              : location
                ? `${location.city}, ${location.address}`
                : t("eventPage.notSaid")}
          </dd>
        </div>
        {event.capacity !== null && (
          <div>
            <dt>{t("editor.capacity")}</dt>
            <dd>{t("eventPage.capacity", { taken: event.places_taken, capacity: event.capacity })}</dd>
          </div>
        )}
      </dl>
    </Panel>
  )
}

/** What may become of the event: a copy, back to a draft, called off, thrown away. */
function Steps({ event }: { event: DeskEvent }) {
  const { t } = useTranslation("crm")
  const navigate = route.useNavigate()
  const [canceling, setCanceling] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const duplicate = useEventStep(event.id, "duplicate")
  const unpublish = useEventStep(event.id, "unpublish")
  const remove = useDeleteDraft(event.id)
  const isUnsold = event.places_taken === 0

  const copy = () =>
    duplicate.mutate(undefined, {
      onSuccess: ({ id }) => {
        void notify(t("eventPage.copied"))
        void navigate({ to: "/crm/events/$eventId/edit", params: { eventId: String(id) } })
      },
    })

  return (
    <Panel title={t("eventPage.steps")}>
      <div className={classes.more}>
        <Button loading={duplicate.isPending} onClick={copy}>
          {t("eventPage.duplicate")}
        </Button>
        {event.status === "published" && isUnsold && (
          <Button loading={unpublish.isPending} onClick={() => unpublish.mutate(undefined, { onSuccess: () => void notify(t("eventPage.unpublished")) })}>
            {t("eventPage.unpublish")}
          </Button>
        )}
        {event.status === "published" && <Button onClick={() => setCanceling(true)}>{t("eventPage.cancel")}</Button>}
        {event.status === "draft" && !deleting && <Button onClick={() => setDeleting(true)}>{t("eventPage.delete")}</Button>}
        {deleting && (
          <>
            <Button
              variant="danger"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/crm/events" }) })}
            >
              {t("eventPage.deleteSure")}
            </Button>
            <Button onClick={() => setDeleting(false)}>{t("eventPage.keep")}</Button>
          </>
        )}
      </div>
      <FormProblem error={duplicate.error ?? unpublish.error ?? remove.error} />
      {canceling && (
        <Suspense>
          <CancelEventDialog event={event} onClose={() => setCanceling(false)} />
        </Suspense>
      )}
    </Panel>
  )
}
