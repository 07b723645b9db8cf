import { useTranslation } from "react-i18next"
import { formatShare } from "@/lib/share"
import { useLanguage } from "@/lib/use-language"
import { ChartFrame } from "@/ui/chart-frame"
import type { Dashboard } from "../api/dashboard"
import { conversion, conversionFinding, shareOf, steps, type Funnel, type Step } from "../conversion"
import classes from "./conversion-card.module.css"

/** How many of those who opened a page ordered, and how many of them paid, beside the period before. */
export function ConversionCard({ data }: { data: Dashboard }) {
  const { t } = useTranslation("crm")
  const language = useLanguage()
  const { previous, totals } = data
  const share = (found: number | null) => (found === null ? "—" : formatShare(found, language))
  const count = (value: number) => t("figures.count", { count: value })
  const most = Math.max(...steps.map((step) => totals[step]), 1)
  const detail = (funnel: Funnel, step: Step) => {
    const part = shareOf(funnel, step)
    return part === null ? "" : t(`conversion.of.${step as "orders_placed"}`, { share: share(part) })
  }

  return (
    <ChartFrame
      title={t(`conversion.finding.${conversionFinding(data)}`, { share: share(conversion(totals)), before: share(conversion(previous)) })}
      unit={t("conversion.unit")}
      chart={
        <dl className={classes.steps}>
          {steps.map((step) => (
            <div key={step}>
              <dt>{t(`conversion.step.${step}`)}</dt>
              <dd className={classes.count}>{count(totals[step])}</dd>
              <dd className={classes.bar} aria-hidden>
                {totals[step] > 0 && <span style={{ width: `${(totals[step] / most) * 100}%` }} />}
              </dd>
              <dd className={classes.hint}>
                {[detail(totals, step), t("conversion.before", { count: previous[step] })].filter(Boolean).join(" · ")}
              </dd>
            </div>
          ))}
        </dl>
      }
      table={
        <>
          <thead>
            <tr>
              <th scope="col">{t("conversion.stepHeader")}</th>
              <th scope="col">{t("conversion.now")}</th>
              <th scope="col">{t("conversion.earlier")}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step}>
                <th scope="row">{t(`conversion.step.${step}`)}</th>
                <td>{count(totals[step])}</td>
                <td>{count(previous[step])}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t("conversion.placedShare")}</th>
              <td>{share(shareOf(totals, "orders_placed"))}</td>
              <td>{share(shareOf(previous, "orders_placed"))}</td>
            </tr>
            <tr>
              <th scope="row">{t("conversion.paidShare")}</th>
              <td>{share(shareOf(totals, "orders_paid"))}</td>
              <td>{share(shareOf(previous, "orders_paid"))}</td>
            </tr>
            <tr>
              <th scope="row">{t("conversion.whole")}</th>
              <td>{share(conversion(totals))}</td>
              <td>{share(conversion(previous))}</td>
            </tr>
          </tbody>
        </>
      }
    />
  )
}
