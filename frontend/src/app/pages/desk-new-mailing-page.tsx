import { Button, NativeSelect } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { customerTags } from "@/features/crm/api/customers"
import type { DeskEvent } from "@/features/crm/api/events"
import { Chips } from "@/features/crm/components/chips"
import { Panel } from "@/features/crm/components/panel"
import { useWriteMailing, type Audience } from "@/features/crm/mailings/api"
import { MailingForm } from "@/features/crm/mailings/mailing-form"
import classes from "@/features/crm/mailings/mailings.module.css"
import { useAudienceText } from "@/features/crm/mailings/mailing-status"
import { ReachPanel } from "@/features/crm/mailings/reach-panel"
import { PageHeader } from "@/ui/page-header"
import { DeskEventFrame, ToEvent } from "./desk-event-frame"
import eventClasses from "./desk-event-page.module.css"

const ATTENDANCES = [undefined, "expected", "checked_in"] as const
const route = getRouteApi("/crm/mailings/new")

/** A new message: to holders of tickets where the address names an event, else to customers. */
export function DeskNewMailingPage() {
  const { event } = route.useSearch()
  return event === undefined ? <ToCustomers /> : <DeskEventFrame eventId={String(event)}>{(found) => <ToHolders event={found} />}</DeskEventFrame>
}

function ToCustomers() {
  const { t } = useTranslation(["mailings", "crm"])
  const { q, tag } = route.useSearch()
  const navigate = route.useNavigate()
  const audience = useAudienceText()
  const tags = useQuery(customerTags()).data ?? []
  const named = tags.find(({ name }) => name.toLowerCase() === tag?.toLowerCase())?.name ?? tag
  const names = [undefined, ...new Set([...tags.map(({ name }) => name), ...(named ? [named] : [])])]
  const narrow = (part: { q?: string | undefined; tag?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false })
  return (
    <Composer
      kicker={<ToMailings />}
      audience={{ ...(q && { q }), ...(tag && { tag }) }}
      to={audience({ event: null, ticket_type: null, attendance: null, q: q ?? "", tag: named ?? "" })}
    >
      {(names.length > 1 || q) && (
        <Panel title={t("audience")}>
          <div className={classes.audience}>
            {names.length > 1 && (
              <Chips
                label={t("crm:tags.title")}
                options={names.map((value) => ({ value, label: value ?? t("crm:tags.any") }))}
                chosen={named}
                onChoose={(tag) => narrow({ tag })}
              />
            )}
            {q && (
              <div className={classes.actions}>
                <Button size="sm" onClick={() => narrow({ q: undefined })}>
                  {t("dropSearch", { words: q })}
                </Button>
              </div>
            )}
          </div>
        </Panel>
      )}
    </Composer>
  )
}

function ToHolders({ event }: { event: DeskEvent }) {
  const { t } = useTranslation(["mailings", "crm"])
  const { ticket_type, attendance } = route.useSearch()
  const navigate = route.useNavigate()
  const audience = useAudienceText()
  const chosen = event.ticket_types.find(({ id }) => id === ticket_type)
  return (
    <Composer
      kicker={<ToEvent event={event} />}
      audience={{ event: event.id, ...(chosen && { ticket_type: chosen.id }), ...(attendance && { attendance }) }}
      to={audience({ event, ticket_type: chosen ?? null, attendance: attendance ?? null, q: "", tag: "" })}
    >
      <Panel title={t("audience")}>
        <div className={classes.audience}>
          <Chips
            label={t("attendanceTitle")}
            options={ATTENDANCES.map((value) => ({ value, label: t(`attendance.${value ?? "any"}`) }))}
            chosen={attendance}
            onChoose={(attendance) => void navigate({ search: (old) => ({ ...old, attendance }), replace: true, resetScroll: false })}
          />
          <NativeSelect
            label={t("crm:attendees.ticket")}
            value={chosen?.id ?? ""}
            onChange={({ currentTarget: { value } }) =>
              void navigate({ search: (old) => ({ ...old, ticket_type: value ? Number(value) : undefined }), replace: true, resetScroll: false })
            }
            data={[{ value: "", label: t("crm:attendees.anyTicket") }, ...event.ticket_types.map(({ id, name }) => ({ value: String(id), label: name }))]}
          />
        </div>
      </Panel>
    </Composer>
  )
}

interface ComposerProps {
  kicker: ReactNode
  audience: Audience
  to: string
  /** What narrows the audience. */
  children: ReactNode
}

function Composer({ kicker, audience, to, children }: ComposerProps) {
  const { t } = useTranslation("mailings")
  const navigate = route.useNavigate()
  const write = useWriteMailing()
  return (
    <>
      <PageHeader kicker={kicker} title={t("new")} lead={t("newLead")} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {children}
          <Panel title={t("words")}>
            <MailingForm
              onSave={async (words) => {
                const { id } = await write.mutateAsync({ ...audience, ...words })
                // Back leads to where one came from, not to a second copy of what is kept now.
                await navigate({ to: "/crm/mailings/$mailingId", params: { mailingId: String(id) }, replace: true, ignoreBlocker: true })
              }}
            />
          </Panel>
        </div>
        <ReachPanel audience={audience} to={to} />
      </div>
    </>
  )
}

export function ToMailings() {
  const { t } = useTranslation("mailings")
  return (
    <Link to="/crm/mailings" className={eventClasses.back}>
      ← {t("title")}
    </Link>
  )
}
