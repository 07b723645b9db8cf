import { useTranslation } from "react-i18next"
import { download, toCsv } from "@/lib/csv"
import type { FileChoice } from "@/lib/file-choice"
import type { Dashboard } from "../api/dashboard"

const columns = [
  "views",
  "orders_placed",
  "orders_paid",
  "orders",
  "tickets_sold",
  "goods_sold",
  "revenue",
  "refunded",
  "check_ins",
] as const satisfies (keyof Dashboard["days"][number])[]

/** Hand the dashboard's figures day by day to the browser as a spreadsheet: the numbers that are drawn, no others. */
export function useDashboardCsv(): (data: Dashboard, form: FileChoice) => Promise<boolean> {
  const { t } = useTranslation("crm")
  return async ({ currency, days, totals }, form) => {
    const header = columns.map((name) => t(`csv.${name}`, { currency }))
    const rows = days.map((day) => [day.date, ...columns.map((name) => String(day[name]))])
    const whole = [t("csv.total"), ...columns.map((name) => String(totals[name]))]
    download(`delux-${totals.date_from}-${totals.date_to}.csv`, toCsv([[t("chart.day"), ...header], ...rows, whole], form))
    return false
  }
}
