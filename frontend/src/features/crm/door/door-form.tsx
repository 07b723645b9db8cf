import { Button, NativeSelect, Switch, TextInput } from "@mantine/core"
import { useLocalStorage } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { ScanLine } from "lucide-react"
import { useEffect, useEffectEvent, useRef, useState, type FormEvent } from "react"
import { flushSync } from "react-dom"
import { useTranslation } from "react-i18next"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import { StatusPill } from "@/ui/status-pill"
import { Meter } from "../components/meter"
import { Panel } from "../components/panel"
import { doorEvents } from "./api"
import { CameraPanel } from "./camera-panel"
import classes from "./door-form.module.css"
import { NameFinder } from "./name-finder"
import { ConflictList } from "./offline/conflict-list"
import { OfflineBar } from "./offline/offline-bar"
import { useOfflineDoor } from "./offline/use-offline-door"
import { meantByScanner } from "./scan-text"
import { useDoor } from "./use-door"
import { toneOf, Verdict } from "./verdict"

interface Props {
  /** Admit to this event alone. */
  event?: number
  onEvent: (event: number | undefined) => void
  timeZone: string
}

const pills = { yes: "good", no: "danger", unsure: "warm" } as const

/** A code in, a verdict out: by camera, by a scanner that types as a keyboard does, by hand, or by a name. */
export function DoorForm({ event: wanted, onEvent, timeZone }: Props) {
  const { t } = useTranslation("crm")
  const [code, setCode] = useState("")
  const [muted, setMuted] = useLocalStorage({ key: "door-muted", defaultValue: false })
  const input = useRef<HTMLInputElement>(null)
  const { data } = useQuery(doorEvents())
  const chosen = data?.results.find(({ id }) => id === wanted)
  // An event that no longer admits is not kept behind a field that cannot show it.
  const event = data ? chosen?.id : wanted
  const offline = useOfflineDoor(event)
  const { admit, ask, isAsking, last, next, outcome, see } = useDoor({ event, muted, offline })
  const events = data?.results ?? offline.lists.map(({ event: id, title }) => ({ id, title }))

  const takeScan = useEffectEvent((pressed: KeyboardEvent) => {
    const { altKey, ctrlKey, key, metaKey, target } = pressed
    const isText = target instanceof HTMLElement && target.closest("input, select, textarea, [role=dialog]")
    if (isText || altKey || ctrlKey || metaKey || key.length !== 1 || key === " ") return
    // The field takes the key itself once it has the focus.
    input.current?.focus()
  })
  useEffect(() => {
    const take = (pressed: KeyboardEvent) => takeScan(pressed)
    document.addEventListener("keydown", take)
    return () => document.removeEventListener("keydown", take)
  }, [])

  function submit(submitted: FormEvent) {
    submitted.preventDefault()
    ask(meantByScanner(code))
  }

  function close(typed: string) {
    // At once, so that the rest of what a scanner writes lands in the field.
    flushSync(() => {
      // A lost connection says nothing about the ticket: its code stays, to be asked again.
      if (outcome?.reason !== "network" || typed) setCode(typed)
      next()
    })
    input.current?.focus()
  }

  return (
    <div className={classes.door}>
      <div className={classes.form}>
        <NativeSelect
          label={t("door.event")}
          value={event ?? ""}
          onChange={({ currentTarget: { value } }) => onEvent(value ? Number(value) : undefined)}
          data={[{ value: "", label: t("door.anyEvent") }, ...events.map(({ id, title }) => ({ value: String(id), label: title }))]}
        />
        <OfflineBar door={offline} event={event} timeZone={timeZone} />
        <CameraPanel onCode={see} />
        <form onSubmit={submit} className={classes.typed}>
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
          <Button type="submit" variant="primary" size="lg" loading={isAsking} disabled={code.trim() === ""}>
            {t("door.check")}
          </Button>
        </form>
        <Switch label={t("door.sound")} checked={!muted} onChange={({ currentTarget: { checked } }) => setMuted(!checked)} />
      </div>
      <div className={classes.side}>
        {chosen && (
          <section aria-label={t("door.count")} className={classes.count}>
            <StatTiles>
              <StatTile label={t("door.inside")} value={t("figures.count", { count: chosen.checked_in })} />
              <StatTile label={t("door.expected")} value={t("figures.count", { count: chosen.tickets_sold - chosen.checked_in })} />
            </StatTiles>
            <Meter
              share={chosen.tickets_sold ? chosen.checked_in / chosen.tickets_sold : 0}
              label={t("door.share", { inside: chosen.checked_in, sold: chosen.tickets_sold })}
            />
          </section>
        )}
        <ConflictList conflicts={offline.conflicts} timeZone={timeZone} onClear={offline.clear} />
        <NameFinder event={event} offline={offline} busy={isAsking} onAdmit={admit} />
        {last.length > 0 && (
          <Panel title={t("door.last")}>
            <ol className={classes.last}>
              {last.map(({ reason, ticket }, index) => (
                <li key={`${last.length - index}`}>
                  <span>{ticket ? ticket.attendee_name || t("offline.newer") : t("door.unknown")}</span>
                  <StatusPill tone={pills[toneOf(reason)]}>{t(`door.${reason}`)}</StatusPill>
                </li>
              ))}
            </ol>
          </Panel>
        )}
      </div>
      {outcome && <Verdict outcome={outcome} timeZone={timeZone} onNext={close} />}
    </div>
  )
}
