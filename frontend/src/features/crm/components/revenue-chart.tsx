import { useTranslation } from "react-i18next"
import { formatDate } from "@/lib/dates"
import { useLanguage } from "@/lib/use-language"
import { ChartCard } from "@/ui/chart-card"
import { Money } from "@/ui/money"
import type { Dashboard } from "../api/dashboard"
import { bestDay, changeSince, findingOf } from "../comparison"

// More bars than this would be hairlines on a phone.
const MOST_BARS = 62

/** Revenue day by day under the sentence it amounts to. */
export function RevenueChart({ data }: { data: Dashboard }) {
  const { t } = useTranslation("crm")
  const language = useLanguage()
  const { currency, days, previous, totals } = data
  const label = (day: string) => formatDate(`${day}T00:00:00Z`, days.length > 300 ? "shortDate" : "shortDay", language, "UTC")
  const best = bestDay(days)
  return (
    <ChartCard
      title={t(`finding.${findingOf(data)}`, {
        share: Math.abs(changeSince(previous.revenue, totals.revenue) ?? 0),
        day: best ? formatDate(`${best.date}T00:00:00Z`, "shortDay", language, "UTC") : "",
      })}
      unit={t("chart.unit", { currency: t(`currency.${currency}`) })}
      labelHeader={t("chart.day")}
      points={days.map((day) => ({ label: label(day.date), value: Number(day.revenue) }))}
      kind={days.length > MOST_BARS ? "line" : "bar"}
      format={(value) => <Money amount={value.toFixed(2)} currency={currency} />}
    />
  )
}
