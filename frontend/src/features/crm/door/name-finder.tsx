import { Button, TextInput } from "@mantine/core"
import { useDebouncedValue } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { Search } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ErrorState } from "@/ui/error-state"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import { attendeeList } from "../api/attendees"
import { Panel } from "../components/panel"
import classes from "./name-finder.module.css"
import { findByName } from "./offline/judge"
import type { OfflineDoor } from "./offline/use-offline-door"

const SHOWN = 8

interface Props {
  event: number | undefined
  offline: OfflineDoor
  busy: boolean
  onAdmit: (attendee: number) => void
}

/** For those who come without their code: part of a name, an e-mail or a phone number finds them. */
export function NameFinder({ event, offline, busy, onAdmit }: Props) {
  const { t } = useTranslation("crm")
  const [words, setWords] = useState("")
  const [wanted] = useDebouncedValue(words.trim(), 250)
  const enabled = event !== undefined && wanted.length > 1
  const byList = !offline.online && offline.list !== undefined
  const asked = useQuery({ ...attendeeList(event ?? 0, { q: wanted, page_size: SHOWN }), enabled: enabled && !byList, networkMode: "always" })
  const { error, refetch } = byList ? { error: null, refetch: asked.refetch } : asked
  const data = byList ? (enabled ? keptPeople(offline, wanted) : undefined) : asked.data

  return (
    <Panel title={t("finder.title")}>
      {event === undefined ? (
        <p className={classes.none}>{t("finder.chooseEvent")}</p>
      ) : (
        <>
          <TextInput
            type="search"
            label={t("finder.words")}
            description={t("finder.hint")}
            leftSection={<Search size={18} aria-hidden />}
            value={words}
            onChange={({ currentTarget: { value } }) => setWords(value)}
            maxLength={100}
            autoComplete="off"
          />
          {enabled && (
            <div className={classes.found} aria-live="polite">
              {error ? (
                <ErrorState error={error} onRetry={refetch} />
              ) : !data ? (
                <ListSkeleton rows={3} height={56} />
              ) : data.results.length === 0 ? (
                <p className={classes.none}>{t("finder.none")}</p>
              ) : (
                <ul>
                  {data.results.map(({ id, attendee_name, name, email, ticket_type, status }) => {
                    const shown = attendee_name || name
                    return (
                      <li key={id}>
                        <span className={classes.person}>
                          <strong>{shown}</strong>
                          <small>{[ticket_type, email === shown ? null : email].filter(Boolean).join(" · ")}</small>
                        </span>
                        {status === "paid" ? (
                          <Button disabled={busy} onClick={() => onAdmit(id)} aria-label={t("finder.admitWhom", { name: shown })}>
                            {t("finder.admit")}
                          </Button>
                        ) : (
                          <StatusPill tone={status === "checked_in" ? "good" : "danger"}>{t(`attendeeStatus.${status}`)}</StatusPill>
                        )}
                      </li>
                    )
                  })}
                </ul>
              )}
              {data && data.count > data.results.length && <p className={classes.none}>{t("finder.more", { count: data.count })}</p>}
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

/** The same answer from the list the door took along, with whom it let in since. */
function keptPeople({ list, scans }: OfflineDoor, words: string) {
  const found = list ? findByName(list, words) : []
  const isIn = (hash: string) => scans.some((scan) => scan.event === list?.event && scan.hash === hash)
  return {
    count: found.length,
    results: found.slice(0, SHOWN).map(({ h, id, n, s, t }) => ({
      id,
      attendee_name: n,
      name: "",
      email: null,
      ticket_type: list?.ticket_types[t] ?? "",
      status: isIn(h) ? ("checked_in" as const) : s,
    })),
  }
}
