import { Button, Modal } from "@mantine/core"
import { Check, TriangleAlert, X } from "lucide-react"
import type { KeyboardEvent } from "react"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import type { Admission, Refusal } from "./api"
import type { Tone } from "./signals"
import classes from "./verdict.module.css"

export interface Outcome {
  reason: Refusal | "admitted"
  ticket: Admission | null
  /** Judged by the list this door took along, not by the server. */
  byList?: boolean
}

/** Whether a person comes in; "unsure" is no verdict on the ticket, the question has to be put again. */
export function toneOf(reason: Outcome["reason"]): Tone {
  if (reason === "admitted") return "yes"
  return reason === "network" || reason === "failed" ? "unsure" : "no"
}

const signs = { yes: Check, no: X, unsure: TriangleAlert }

interface Props {
  outcome: Outcome
  timeZone: string
  /** The next person; `typed` is what a scanner has already begun to write. */
  onNext: (typed: string) => void
}

/** Yes or no over the whole screen, to be read at arm's length. */
export function Verdict({ outcome: { byList, reason, ticket }, timeZone, onNext }: Props) {
  const { t } = useTranslation("crm")
  const admitted = reason === "admitted"
  const tone = toneOf(reason)
  const Sign = signs[tone]

  function takeScan(event: KeyboardEvent) {
    if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      onNext(event.key)
    }
  }

  return (
    <Modal.Root opened fullScreen onClose={() => onNext("")} transitionProps={{ duration: 0 }} returnFocus={false}>
      <Modal.Content className={classes.screen} data-tone={tone}>
        <Modal.Body className={classes.body}>
          <span className={classes.sign} aria-hidden>
            <Sign strokeWidth={3} />
          </span>
          <Modal.Title className={classes.title}>{t(`door.${reason}`)}</Modal.Title>
          <div role="status" className={classes.facts}>
            {ticket && (
              <>
                <strong>{ticket.attendee_name || t("offline.newer")}</strong>
                <span>{ticket.ticket_type}</span>
                <span>{ticket.event.title}</span>
                {!admitted && ticket.checked_in_at && (
                  <span>
                    {t("door.used")} <DateTime iso={ticket.checked_in_at} format="dateTime" timeZone={timeZone} />
                    {ticket.checked_in_by && `, ${ticket.checked_in_by}`}
                  </span>
                )}
              </>
            )}
            {!admitted && <span>{t(`doorHelp.${reason}`)}</span>}
            {byList && <span>{t("offline.verdict")}</span>}
          </div>
          <Button size="lg" data-autofocus onKeyDown={takeScan} onClick={() => onNext("")} className={classes.next}>
            {t("door.next")}
          </Button>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
