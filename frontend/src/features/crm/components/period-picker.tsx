import { TextInput } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { addDays, dayIn } from "@/lib/dates"
import type { Period } from "../api/dashboard"
import classes from "./period-picker.module.css"

const LENGTHS = [7, 30, 90, 365]
const DEFAULT_LENGTH = 30

interface Props {
  period: Period
  /** Where "today" is. */
  timeZone: string
  /** The days in force, for the fields to show when the address names none. */
  shown: { date_from: string; date_to: string }
  onChange: (period: Period) => void
}

/** The last so many days by one press, or any two days. */
export function PeriodPicker({ period, timeZone, shown, onChange }: Props) {
  const { t } = useTranslation("crm")
  const today = dayIn(timeZone)

  function lastDays(length: number): Period {
    return length === DEFAULT_LENGTH ? {} : { date_from: addDays(today, 1 - length), date_to: today }
  }

  function isChosen(length: number): boolean {
    const { date_from, date_to } = lastDays(length)
    return period.date_from === date_from && period.date_to === date_to
  }

  /** Two days make a period; the other end gives way where they would cross or lie too far apart. */
  function choose(end: "date_from" | "date_to", day: string) {
    if (day === "") return
    const first = end === "date_from" ? day : shown.date_from
    const last = end === "date_to" ? day : shown.date_to
    if (end === "date_from") {
      const latest = addDays(first, 365)
      onChange({ date_from: first, date_to: last < first ? first : last > latest ? latest : last })
    } else {
      const earliest = addDays(last, -365)
      onChange({ date_from: first > last ? last : first < earliest ? earliest : first, date_to: last })
    }
  }

  return (
    <div className={classes.picker} role="group" aria-label={t("period.label")}>
      <div className={classes.lengths}>
        {LENGTHS.map((length) => (
          <button key={length} type="button" aria-pressed={isChosen(length)} onClick={() => onChange(lastDays(length))}>
            {t("period.days", { count: length })}
          </button>
        ))}
      </div>
      <div className={classes.days}>
        {(["date_from", "date_to"] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            aria-label={t(`period.${end}`)}
            min="2000-01-01"
            max="2099-12-31"
            required
            value={shown[end]}
            onChange={(event) => choose(end, event.target.value)}
          />
        ))}
      </div>
    </div>
  )
}
