import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ErrorState } from "@/ui/error-state"
import { Skeleton } from "@/ui/skeleton"
import { Panel } from "../components/panel"
import { preview, type Mailing } from "./api"
import classes from "./mailings.module.css"

/** The mail itself, as it comes: in a frame where nothing runs. Its links open beside this page. */
export function MailPreview({ mailing }: { mailing: Mailing }) {
  const { t } = useTranslation("mailings")
  const { data, error, refetch } = useQuery(preview(mailing))
  const [height, setHeight] = useState(480)
  return (
    <Panel title={t("preview.title")}>
      {data ? (
        <div className={classes.mail}>
          <dl className={classes.envelope}>
            <div>
              <dt>{t("preview.from")}</dt>
              <dd>{data.sender}</dd>
            </div>
            <div>
              <dt>{t("preview.subject")}</dt>
              <dd>{data.subject}</dd>
            </div>
          </dl>
          <iframe
            title={t("preview.frame")}
            className={classes.frame}
            height={height}
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
            srcDoc={data.html.replace("<head>", '<head><base target="_blank">')}
            onLoad={({ currentTarget }) => setHeight(currentTarget.contentDocument?.body.offsetHeight ?? height)}
          />
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton height={480} />
      )}
      <p className={classes.rule}>{t("preview.languages")}</p>
    </Panel>
  )
}
