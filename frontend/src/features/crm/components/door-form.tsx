import { Button, NativeSelect, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { ScanLine } from "lucide-react"
import { useRef, useState, type FormEvent } from "react"
import { flushSync } from "react-dom"
import { useTranslation } from "react-i18next"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import { StatusPill } from "@/ui/status-pill"
import { doorEvents, refusalOf, useCheckIn } from "../api/door"
import classes from "./door-form.module.css"
import { Panel } from "./panel"
import { Verdict, type Outcome } from "./verdict"

interface Props {
  /** Admit to this event alone. */
  event?: number
  onEvent: (event: number | undefined) => void
  timeZone: string
}

const REMEMBERED = 8

/** A code in, a verdict out. A scanner that types and presses Enter works as a person does. */
export function DoorForm({ event, onEvent, timeZone }: Props) {
  const { t } = useTranslation("crm")
  const [code, setCode] = useState("")
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [last, setLast] = useState<Outcome[]>([])
  const input = useRef<HTMLInputElement>(null)
  const { data } = useQuery(doorEvents())
  const checkIn = useCheckIn()
  const chosen = data?.results.find(({ id }) => id === event)

  function tell(next: Outcome) {
    setOutcome(next)
    setLast((old) => [next, ...old].slice(0, REMEMBERED))
  }

  function ask(submitted: FormEvent) {
    submitted.preventDefault()
    if (code.trim() === "" || checkIn.isPending) return
    checkIn.mutate(
      { code: code.trim(), ...(event && { event }) },
      {
        onSuccess: (ticket) => tell({ reason: "admitted", ticket }),
        onError: (error) => tell(refusalOf(error)),
      },
    )
  }

  function next(typed: string) {
    // At once, so that the rest of what a scanner writes lands in the field.
    flushSync(() => {
      // A lost connection says nothing about the ticket: its code stays, to be asked again.
      if (outcome?.reason !== "network" || typed) setCode(typed)
      setOutcome(null)
    })
    input.current?.focus()
  }

  return (
    <div className={classes.door}>
      <form onSubmit={ask} className={classes.form}>
        <NativeSelect
          label={t("door.event")}
          value={event ?? ""}
          onChange={({ currentTarget: { value } }) => onEvent(value ? Number(value) : undefined)}
          data={[{ value: "", label: t("door.anyEvent") }, ...(data?.results ?? []).map(({ id, title }) => ({ value: String(id), label: title }))]}
        />
        <TextInput
          ref={input}
          label={t("door.code")}
          description={t("door.codeHint")}
          leftSection={<ScanLine size={20} aria-hidden />}
          value={code}
          onChange={({ currentTarget: { value } }) => setCode(value)}
          maxLength={500}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
        />
        <Button type="submit" variant="primary" size="lg" loading={checkIn.isPending} disabled={code.trim() === ""}>
          {t("door.check")}
        </Button>
      </form>
      <div className={classes.side}>
        {chosen && (
          <StatTiles>
            <StatTile label={t("door.inside")} value={t("figures.count", { count: chosen.checked_in })} />
            <StatTile label={t("door.expected")} value={t("figures.count", { count: chosen.tickets_sold - chosen.checked_in })} />
          </StatTiles>
        )}
        {last.length > 0 && (
          <Panel title={t("door.last")}>
            <ol className={classes.last}>
              {last.map(({ reason, ticket }, index) => (
                <li key={`${last.length - index}`}>
                  <span>{ticket?.attendee_name ?? t("door.unknown")}</span>
                  <StatusPill tone={reason === "admitted" ? "good" : "danger"}>{t(`door.${reason}`)}</StatusPill>
                </li>
              ))}
            </ol>
          </Panel>
        )}
      </div>
      {outcome && <Verdict outcome={outcome} timeZone={timeZone} onNext={next} />}
    </div>
  )
}
