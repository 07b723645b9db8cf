import { useReducedMotion } from "@mantine/hooks"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts"
import { intlLocales } from "@/lib/language"
import { useLanguage } from "@/lib/use-language"
import classes from "./chart-card.module.css"

export interface Point {
  label: string
  value: number
}

interface Props {
  points: Point[]
  kind: "bar" | "line"
  format: (value: number) => ReactNode
}

/** The drawing itself, in its own chunk: recharts is larger than the rest of the page. */
export default function ChartBody({ points, kind, format }: Props) {
  const still = useReducedMotion()
  const { t } = useTranslation()
  const compact = new Intl.NumberFormat(intlLocales(useLanguage()), { notation: "compact" })
  // Millions are called alike; the word for a thousand is each language's own.
  const write = (value: number) =>
    compact.formatToParts(value).map((part) => (part.type === "compact" && value < 1e6 ? t("chart.thousand") : part.value)).join("")
  const tick = { fill: "var(--muted)", fontSize: 12 }
  const shared = (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="label" tick={tick} tickLine={false} axisLine={{ stroke: "var(--ink)" }} minTickGap={16} />
      <YAxis tick={tick} tickLine={false} axisLine={false} width={60} tickFormatter={write} />
      <Tooltip
        cursor={{ fill: "var(--sunken)", stroke: "var(--line-strong)" }}
        content={({ active, label, payload }) =>
          active && payload?.[0] ? (
            <div className={classes.tip}>
              {String(label)}
              <strong>{format(Number(payload[0].value))}</strong>
            </div>
          ) : null
        }
      />
    </>
  )
  const margin = { top: 4, right: 4, bottom: 0, left: 0 }
  return (
    <ResponsiveContainer width="100%" height="100%">
      {kind === "bar" ? (
        <BarChart data={points} margin={margin} accessibilityLayer={false}>
          {shared}
          <Bar dataKey="value" fill="var(--accent-mark)" radius={[3, 3, 0, 0]} maxBarSize={36} isAnimationActive={!still} animationDuration={200} />
        </BarChart>
      ) : (
        <LineChart data={points} margin={margin} accessibilityLayer={false}>
          {shared}
          <Line dataKey="value" stroke="var(--accent-mark)" strokeWidth={2.5} dot={false} isAnimationActive={!still} animationDuration={200} />
        </LineChart>
      )}
    </ResponsiveContainer>
  )
}
