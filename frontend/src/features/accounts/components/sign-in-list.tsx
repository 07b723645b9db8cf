import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Laptop, Smartphone } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { Dialog } from "@/ui/dialog"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import { signIns, useEndSignIn, useSignOutEverywhere, type SignIn } from "../api/security"
import classes from "./account-list.module.css"

/** Where the person is signed in, and ending it there. */
export function SignInList() {
  const { t } = useTranslation("accounts")
  const { data, error, refetch } = useQuery(signIns())
  const end = useEndSignIn()
  return (
    <section className={classes.section} aria-labelledby="sign-ins">
      <Heading level={2} id="sign-ins">
        {t("security.signIns")}
      </Heading>
      <FormProblem error={end.error} />
      {data ? (
        <ul className={classes.list}>
          {data.map((one) => (
            <li key={one.id} className={classes.row}>
              {isPhone(one) ? <Smartphone size={22} aria-hidden /> : <Laptop size={22} aria-hidden />}
              <div className={classes.words}>
                <strong>{[one.browser, one.system].filter(Boolean).join(", ") || t("security.unknownDevice")}</strong>
                <span>
                  {t("security.lastUsed")} <DateTime iso={one.last_used_at} format="dateTime" />
                </span>
              </div>
              {one.is_current ? (
                <StatusPill tone="good">{t("security.thisDevice")}</StatusPill>
              ) : (
                <Button
                  size="sm"
                  loading={end.isPending && end.variables === one.id}
                  onClick={() => end.mutate(one.id)}
                  aria-label={t("security.endOne", { device: one.browser || t("security.unknownDevice") })}
                >
                  {t("security.end")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <ListSkeleton rows={2} height={76} />
      )}
      <SignOutEverywhere />
    </section>
  )
}

function SignOutEverywhere() {
  const { t } = useTranslation(["accounts", "common"])
  const [asks, setAsks] = useState(false)
  const all = useSignOutEverywhere()
  return (
    <div>
      <Button onClick={() => setAsks(true)}>
        {t("security.everywhere")}
      </Button>
      {asks && (
        <Dialog title={t("security.everywhereAsk")} onClose={() => setAsks(false)}>
          <div className={classes.dialog}>
            <FormProblem error={all.error} />
            <p>{t("security.everywhereText")}</p>
            <div className={classes.actions}>
              <Button onClick={() => setAsks(false)}>{t("common:cancel")}</Button>
              <Button variant="danger" loading={all.isPending} onClick={() => all.mutate()}>
                {t("security.everywhere")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  )
}

function isPhone({ system }: SignIn): boolean {
  return system === "Android" || system === "iPhone" || system === "iPad"
}
