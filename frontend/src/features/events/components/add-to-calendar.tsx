import { useTranslation } from "react-i18next"
import { googleCalendarUrl } from "@/lib/calendar"
import { useLanguage } from "@/lib/use-language"
import type { EventDetail } from "../api/events"
import classes from "./add-to-calendar.module.css"

/** Into any calendar as a file, or straight into Google's. */
export function AddToCalendar({ event }: { event: EventDetail }) {
  const { t } = useTranslation("events")
  const language = useLanguage()
  const path = `/events/${event.slug}`
  const google = googleCalendarUrl({
    title: event.title,
    start: event.start_datetime,
    end: event.end_datetime,
    timeZone: event.timezone,
    place: event.location ? `${event.location.address}, ${event.location.city}` : t("online"),
    path,
  })
  return (
    <span className={classes.links}>
      <a href={`/api/v1${path}/calendar/?lang=${language}`} download={`${event.slug}.ics`}>
        {t("detail.calendar")}
      </a>
      <a href={google} target="_blank" rel="noreferrer">
        {t("detail.google")}
      </a>
    </span>
  )
}
