import { Progress } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import type { Mailing } from "./api"
import classes from "./mailings.module.css"

/** What became of a message: how far it has come, then what it did. */
export function MailingResult({ mailing, timeZone }: { mailing: Mailing; timeZone: string }) {
  const { t } = useTranslation("mailings")
  const done = mailing.mails_sent + mailing.mails_failed
  const share = mailing.mails === 0 ? 100 : Math.min(100, Math.round((done / mailing.mails) * 100))
  return (
    <div className={classes.result}>
      {mailing.status === "sending" && (
        <div className={classes.progress}>
          <p role="status">{t("result.progress", { done, all: mailing.mails })}</p>
          <Progress value={share} aria-label={t("status.sending")} />
          <small>{t("result.leave")}</small>
        </div>
      )}
      <StatTiles>
        <StatTile label={t("told")} value={t("count", { count: mailing.people })} hint={<StartedAt mailing={mailing} timeZone={timeZone} />} />
        <StatTile
          label={t("byMail")}
          value={t("count", { count: mailing.mails_sent })}
          {...(mailing.mails_failed > 0 && { hint: t("result.failed", { count: mailing.mails_failed }), tone: "warm" as const })}
        />
        <StatTile label={t("result.read")} value={t("count", { count: mailing.read })} hint={t("result.readHint")} />
        {!mailing.event && (
          <StatTile
            label={t("result.unsubscribed")}
            value={t("count", { count: mailing.unsubscribed })}
            hint={t("result.leftOut", { count: mailing.silenced })}
          />
        )}
      </StatTiles>
    </div>
  )
}

function StartedAt({ mailing, timeZone }: { mailing: Mailing; timeZone: string }) {
  return mailing.started_at && <DateTime iso={mailing.started_at} format="dateTime" timeZone={timeZone} />
}
