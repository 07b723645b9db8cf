import { useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import classes from "./chart-card.module.css"
import { Heading } from "./heading"

interface Props {
  /** The finding, not the subject: "Revenue doubled after the trail race". */
  title: string
  /** What the numbers are: "Revenue a day, ₸". */
  unit: string
  chart: ReactNode
  /** The same numbers. */
  table: ReactNode
}

/** Something drawn, under its finding and its unit, that can be read as a table instead. */
export function ChartFrame({ title, unit, chart, table }: Props) {
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
          <table className={classes.table}>{table}</table>
        </div>
      ) : (
        chart
      )}
    </section>
  )
}
