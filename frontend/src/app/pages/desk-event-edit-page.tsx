import { getRouteApi } from "@tanstack/react-router"
import { ExternalLink } from "lucide-react"
import { useCallback, useEffect } from "react"
import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { useSetCover, type DeskEvent } from "@/features/crm/api/events"
import { EventEditor } from "@/features/crm/components/event-editor"
import { EventStatusPill } from "@/features/crm/components/event-status"
import { Panel } from "@/features/crm/components/panel"
import { PublishPanel } from "@/features/crm/components/publish-panel"
import { TicketTypes } from "@/features/crm/components/ticket-types"
import { ButtonLink } from "@/ui/button-link"
import { PageHeader } from "@/ui/page-header"
import { PictureField } from "@/ui/picture-field"
import { DeskEventFrame, ToEvent, ToEvents } from "./desk-event-frame"
import classes from "./desk-event-page.module.css"
import { useDeskCurrency, useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/events/$eventId/edit")
const newRoute = getRouteApi("/crm/events/new")

export function DeskEventEditPage() {
  const { eventId } = route.useParams()
  // The editor keeps what is typed, so another event is another editor.
  return <DeskEventFrame eventId={eventId}>{(event) => <Editor key={event.id} event={event} />}</DeskEventFrame>
}

function Editor({ event }: { event: DeskEvent }) {
  const { t } = useTranslation("crm")
  const home = useHome()
  const setCover = useSetCover(event.id)
  const { section } = route.useSearch()
  const isOpen = event.status === "draft" || event.status === "published"

  useEffect(() => {
    if (section) goTo(section)
  }, [section])

  return (
    <>
      <PageHeader
        kicker={<ToEvent event={event} />}
        title={t("editor.heading")}
        lead={
          <span className={classes.lead}>
            <EventStatusPill status={event.status} />
            <span>{t(event.status === "draft" ? "editor.draftLead" : isOpen ? "editor.liveLead" : "editor.overLead")}</span>
          </span>
        }
        actions={
          event.status !== "draft" && (
            <ButtonLink to="/events/$slug" params={{ slug: event.slug }} leftSection={<ExternalLink size={18} aria-hidden />}>
              {t("eventPage.public")}
            </ButtonLink>
          )
        }
      />
      <EventEditor event={event} home={home} aside={event.status === "draft" ? (form) => <PublishPanel event={event} onSection={goTo} {...form} /> : undefined}>
        <Panel title={t("editor.cover")} id="cover">
          <PictureField
            label={t("editor.coverLabel")}
            hint={t("editor.coverHint")}
            image={event.cover}
            ratio={16 / 9}
            maxWidth={2400}
            disabled={!isOpen}
            onUpload={setCover}
          />
        </Panel>
        <TicketTypes event={event} currency={useDeskCurrency()} />
      </EventEditor>
    </>
  )
}

export function DeskEventNewPage() {
  const { t } = useTranslation("crm")
  const home = useHome()
  const navigate = newRoute.useNavigate()
  const open = useCallback(
    ({ id }: DeskEvent) => void navigate({ to: "/crm/events/$eventId/edit", params: { eventId: String(id) }, replace: true, ignoreBlocker: true }),
    [navigate],
  )
  return (
    <>
      <PageHeader kicker={<ToEvents />} title={t("events.new")} lead={t("editor.newLead")} />
      <EventEditor home={home} onCreated={open} />
    </>
  )
}

function useHome() {
  const timeZone = useDeskZone()
  return { timeZone, country: useMe().data?.market ?? "KZ" }
}

/** Bring a section into sight and the hand to its first field. */
function goTo(section: string) {
  const place = document.querySelector<HTMLElement>(`#${CSS.escape(section)}`)
  place?.scrollIntoView({ block: "start" })
  place
    ?.querySelector<HTMLElement>("input:not([tabindex='-1']), select, textarea, [contenteditable='true'], button:not(:disabled)")
    ?.focus({ preventScroll: true })
}
