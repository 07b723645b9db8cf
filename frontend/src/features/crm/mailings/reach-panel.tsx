import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { ErrorState } from "@/ui/error-state"
import { Skeleton } from "@/ui/skeleton"
import { Panel } from "../components/panel"
import { reach, type Audience } from "./api"
import classes from "./mailings.module.css"

/** How many get a message, how many do not and why, and how often one may write. */
export function ReachPanel({ audience, to }: { audience: Audience; to: string }) {
  const { t } = useTranslation("mailings")
  const { data, error, refetch, isPlaceholderData } = useQuery(reach(audience))
  const isEvent = audience.event !== undefined
  return (
    <Panel title={t("reach.title")}>
      <p className={classes.to}>{to}</p>
      {data ? (
        <dl className={classes.reach} aria-live="polite" aria-busy={isPlaceholderData}>
          <div className={classes.main}>
            <dt>{t("reach.people")}</dt>
            <dd>{t("count", { count: data.people })}</dd>
          </div>
          <div>
            <dt>{t("reach.mails")}</dt>
            <dd>{t("count", { count: data.mails })}</dd>
          </div>
          {data.people > data.mails && (
            <div>
              <dt>{t("reach.inside")}</dt>
              <dd>{t("count", { count: data.people - data.mails })}</dd>
            </div>
          )}
          {!isEvent && (
            <div>
              <dt>{t("reach.silenced")}</dt>
              <dd>{t("count", { count: data.silenced })}</dd>
            </div>
          )}
        </dl>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton height={120} />
      )}
      <p className={classes.rule}>{t(isEvent ? "reach.eventRule" : "reach.newsRule")}</p>
      {data && (
        <p className={classes.rule} data-warm={data.left_today === 0 || undefined}>
          {t(isEvent ? "reach.eventLimit" : "reach.newsLimit", { a_day: data.a_day, left: data.left_today })}
        </p>
      )}
    </Panel>
  )
}
