import { lazy, Suspense, useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { Point } from "./chart-body"
import classes from "./chart-card.module.css"
import { Heading } from "./heading"
import { Skeleton } from "./skeleton"

const ChartBody = lazy(() => import("./chart-body"))

interface Props {
  /** The finding, not the subject: "Revenue doubled after the trail race". */
  title: string
  /** What the numbers are: "Revenue a day, ₸". */
  unit: string
  /** Heads the column of labels in the table view. */
  labelHeader: string
  points: Point[]
  kind?: "bar" | "line"
  format: (value: number) => ReactNode
}

/** A chart with its finding as the title, its unit, and the same numbers as a table. */
export function ChartCard({ title, unit, labelHeader, points, kind = "bar", format }: Props) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  return (
    <section className={classes.card}>
      <header className={classes.header}>
        <div>
          <Heading level={2} size="small">
            {title}
          </Heading>
          <p className={classes.unit}>{unit}</p>
        </div>
        <button type="button" className={classes.switch} onClick={() => setAsTable(!asTable)}>
          {asTable ? t("chart.asChart") : t("chart.asTable")}
        </button>
      </header>
      {asTable ? (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{labelHeader}</th>
                <th scope="col">{unit}</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.label}>
                  <th scope="row">{point.label}</th>
                  <td>{format(point.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className={classes.chart} role="img" aria-label={`${title}. ${unit}`}>
          <Suspense fallback={<Skeleton height={240} />}>
            <ChartBody points={points} kind={kind} format={format} />
          </Suspense>
        </div>
      )}
    </section>
  )
}
