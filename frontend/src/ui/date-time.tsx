import type { TFunction } from "i18next"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatDate, formatDateRange, formatTimeRange, isLocalZone, utcOffset, type DateStyle } from "@/lib/dates"
import { useLanguage } from "@/lib/use-language"
import classes from "./date-time.module.css"

interface DateTimeProps {
  iso: string
  format?: DateStyle
  /** Left out: the device's own zone, right for what concerns the reader (an order, a note). */
  timeZone?: string
}

export function DateTime({ iso, format = "full", timeZone }: DateTimeProps) {
  return <time dateTime={iso}>{formatDate(iso, format, useLanguage(), timeZone)}</time>
}

interface EventDateProps {
  start: string
  end?: string
  timeZone: string
  /** Where it happens, when it happens somewhere; else the zone's own city is named. */
  city?: string
}

/** When something happens there: date and time in its zone, the zone named, and the reader's clock if it differs. */
export function EventDate({ start, end, timeZone, city }: EventDateProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const zone = t("time.zone", { city: city ?? zoneCity(timeZone, t), offset: utcOffset(start, timeZone) })
  const isOneDay = !end || formatDate(start, "date", "en", timeZone) === formatDate(end, "date", "en", timeZone)
  return (
    <span className={classes.when}>
      <time dateTime={start}>
        {isOneDay ? (
          <>
            {formatDate(start, "longDay", language, timeZone)}
            <br />
            {end
              ? formatTimeRange(start, end, language, timeZone)
              : formatDate(start, "time", language, timeZone)}
          </>
        ) : (
          formatDateRange(start, end, language, timeZone)
        )}
      </time>
      <small className={classes.zone}>
        {zone}
        {!isLocalZone(start, timeZone) && `; ${t("time.yours", { time: formatDate(start, "dateTime", language) })}`}
      </small>
    </span>
  )
}

/** Which clock the times of a page go by: "Almaty time, UTC+5". */
export function ZoneName({ timeZone }: { timeZone: string }) {
  const { t } = useTranslation()
  const [now] = useState(() => new Date().toISOString())
  return t("time.zone", { city: zoneCity(timeZone, t), offset: utcOffset(now, timeZone) })
}

/** The day as a programme prints it: a big number between its weekday and its month. */
export function DateBlock({ iso, timeZone }: { iso: string; timeZone: string }) {
  const language = useLanguage()
  return (
    <time dateTime={iso} className={classes.block}>
      <span>{formatDate(iso, "weekday", language, timeZone)}</span>
      <strong>{formatDate(iso, "dayNumber", language, timeZone)}</strong>
      <span>{formatDate(iso, "month", language, timeZone).replace(".", "")}</span>
    </time>
  )
}

function zoneCity(timeZone: string, t: TFunction<"common">): string {
  const lastPart = timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone
  return t(`zones.${timeZone}` as "zones.UTC", { defaultValue: lastPart })
}
