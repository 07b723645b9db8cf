import { Button } from "@mantine/core"
import { CircleAlert, WifiOff } from "lucide-react"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { Heading } from "./heading"
import { useErrorText } from "./use-error-text"
import classes from "./states.module.css"

interface Props {
  error: unknown
  onRetry?: () => unknown
}

/** What happened, what to do, and the number to quote to support. */
export function ErrorState({ error, onRetry }: Props) {
  const { t } = useTranslation()
  const { title, text } = useErrorText(error)
  const lost = error instanceof ApiError && error.isNetwork
  const isWait = error instanceof ApiError && error.status === 429
  const requestId = error instanceof ApiError ? error.requestId : null

  return (
    <section className={classes.state} role="alert">
      <span className={classes.icon} aria-hidden>
        {lost ? <WifiOff size={22} /> : <CircleAlert size={22} />}
      </span>
      <Heading level={2} size="small">
        {title}
      </Heading>
      <p className={classes.text} role={isWait ? "timer" : undefined}>
        {text}
      </p>
      {onRetry && (
        <div className={classes.actions}>
          <Button onClick={() => void onRetry()}>{t("state.retry")}</Button>
        </div>
      )}
      {requestId && <small className={classes.request}>{t("state.requestId", { id: requestId })}</small>}
    </section>
  )
}
