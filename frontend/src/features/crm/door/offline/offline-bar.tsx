import { Button } from "@mantine/core"
import { CloudOff, Download, RefreshCw } from "lucide-react"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import { useErrorText } from "@/ui/use-error-text"
import classes from "./offline-bar.module.css"
import type { OfflineDoor } from "./use-offline-door"

/** Whether this door would go on without a network, what it has saved for that, and what waits to be told. */
export function OfflineBar({ door, event, timeZone }: { door: OfflineDoor; event?: number; timeZone: string }) {
  const { t } = useTranslation("crm")
  const { isAble, list, online, save, send, waiting } = door
  const problem = useErrorText(save.error ?? send.error)
  if (!isAble) return null
  return (
    <section className={classes.bar} aria-label={t("offline.title")}>
      <div role="status" className={classes.state}>
        {!online && (
          <StatusPill tone="warm">
            <CloudOff size={15} aria-hidden /> {t("offline.off", { count: waiting })}
          </StatusPill>
        )}
        {online && waiting > 0 && <StatusPill tone="warm">{t("offline.waiting", { count: waiting })}</StatusPill>}
        <p>
          {list ? (
            <>
              {t("offline.saved", { count: list.tickets.length })}{" "}
              <DateTime iso={list.made_at} format="dateTime" timeZone={timeZone} />
            </>
          ) : (
            t(event === undefined ? "offline.choose" : online ? "offline.none" : "offline.tooLate")
          )}
        </p>
      </div>
      <div className={classes.acts}>
        {online && waiting > 0 && (
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {t("offline.send")}
          </Button>
        )}
        {online && event !== undefined && (
          <Button
            leftSection={list ? <RefreshCw size={17} aria-hidden /> : <Download size={17} aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate(event)}
          >
            {t(list ? "offline.again" : "offline.save")}
          </Button>
        )}
      </div>
      {online && (save.error || send.error) && (
        <p role="alert" className={classes.problem}>
          {problem.text}
        </p>
      )}
    </section>
  )
}
