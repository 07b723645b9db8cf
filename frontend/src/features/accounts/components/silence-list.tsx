import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { MailX } from "lucide-react"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { ListSkeleton } from "@/ui/skeleton"
import { silences, useEndSilence } from "../api/silences"
import classes from "./account-list.module.css"

/** Whose news the person has had enough of, and hearing them again. */
export function SilenceList() {
  const { t } = useTranslation("accounts")
  const { data, error, refetch } = useQuery(silences())
  const end = useEndSilence()
  return (
    <section className={`${classes.section} ${classes.after}`} aria-labelledby="silences">
      <Heading level={2} id="silences">
        {t("silences.title")}
      </Heading>
      {data?.length !== 0 && <p className={classes.text}>{t("silences.text")}</p>}
      <FormProblem error={end.error} />
      {data ? (
        data.length > 0 ? (
          <ul className={classes.list}>
            {data.map(({ organizer_slug: slug, organizer_name: name, created_at }) => (
              <li key={slug} className={classes.row}>
                <MailX size={22} aria-hidden />
                <div className={classes.words}>
                  <Link to="/organizers/$slug" params={{ slug }}>
                    {name}
                  </Link>
                  <span>
                    {t("silences.since")} <DateTime iso={created_at} format="date" />
                  </span>
                </div>
                <Button
                  size="sm"
                  loading={end.isPending && end.variables === slug}
                  onClick={() => end.mutate(slug)}
                  aria-label={t("silences.endOne", { name })}
                >
                  {t("silences.end")}
                </Button>
              </li>
            ))}
          </ul>
        ) : (
          <p className={classes.text}>{t("silences.none")}</p>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <ListSkeleton rows={1} height={76} />
      )}
    </section>
  )
}
