import { lazy, Suspense, type ReactNode } from "react"
import type { Point } from "./chart-body"
import classes from "./chart-card.module.css"
import { ChartFrame } from "./chart-frame"
import { Skeleton } from "./skeleton"

const ChartBody = lazy(() => import("./chart-body"))

interface Props {
  title: string
  unit: string
  /** Heads the column of labels in the table view. */
  labelHeader: string
  points: Point[]
  kind?: "bar" | "line"
  format: (value: number) => ReactNode
}

/** A chart with its finding as the title, its unit, and the same numbers as a table. */
export function ChartCard({ title, unit, labelHeader, points, kind = "bar", format }: Props) {
  return (
    <ChartFrame
      title={title}
      unit={unit}
      chart={
        <div className={classes.chart} role="img" aria-label={`${title}. ${unit}`}>
          <Suspense fallback={<Skeleton height={240} />}>
            <ChartBody points={points} kind={kind} format={format} />
          </Suspense>
        </div>
      }
      table={
        <>
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
        </>
      }
    />
  )
}
