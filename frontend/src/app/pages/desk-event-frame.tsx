import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { deskEvent, type DeskEvent } from "@/features/crm/api/events"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import classes from "./desk-event-page.module.css"

interface Props {
  /** As it stands in the address. */
  eventId: string
  children: (event: DeskEvent) => ReactNode
}

/** An event of the desk by its id, or what stands in the way of showing it. */
export function DeskEventFrame({ eventId, children }: Props) {
  const { t } = useTranslation(["crm", "common"])
  const isNumber = /^[1-9]\d{0,15}$/.test(eventId)
  const { data, error, refetch } = useQuery({ ...deskEvent(Number(eventId)), enabled: isNumber })
  if (data) return children(data)
  if (!isNumber || (error instanceof ApiError && error.isNotFound)) {
    return (
      <>
        <PageHeader title={t("eventPage.missing")} kicker={<ToEvents />} />
        <EmptyState title={t("eventPage.missing")} action={<ButtonLink to="/crm/events">{t("eventPage.toEvents")}</ButtonLink>}>
          {t("eventPage.missingText")}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t("events.event")} kicker={<ToEvents />} />
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div role="status" aria-label={t("common:loading")} className={classes.stack}>
          <Skeleton height={104} />
          <Skeleton height={420} />
        </div>
      )}
    </>
  )
}

export function ToEvents() {
  const { t } = useTranslation("crm")
  return (
    <Link to="/crm/events" className={classes.back}>
      ← {t("events.title")}
    </Link>
  )
}

export function ToEvent({ event }: { event: DeskEvent }) {
  return (
    <Link to="/crm/events/$eventId" params={{ eventId: String(event.id) }} className={classes.back}>
      ← {event.title}
    </Link>
  )
}
