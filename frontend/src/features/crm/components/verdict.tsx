import { Button, Modal } from "@mantine/core"
import { Check, X } from "lucide-react"
import type { KeyboardEvent } from "react"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import type { Admission, Refusal } from "../api/door"
import classes from "./verdict.module.css"

export interface Outcome {
  reason: Refusal | "admitted"
  ticket: Admission | null
}

interface Props {
  outcome: Outcome
  timeZone: string
  /** The next person; `typed` is what a scanner has already begun to write. */
  onNext: (typed: string) => void
}

/** Yes or no over the whole screen, to be read at arm's length. */
export function Verdict({ outcome: { reason, ticket }, timeZone, onNext }: Props) {
  const { t } = useTranslation("crm")
  const admitted = reason === "admitted"

  function takeScan(event: KeyboardEvent) {
    if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      onNext(event.key)
    }
  }

  return (
    <Modal.Root opened fullScreen onClose={() => onNext("")} transitionProps={{ duration: 0 }} returnFocus={false}>
      <Modal.Content className={classes.screen} data-admitted={admitted}>
        <Modal.Body className={classes.body}>
          <span className={classes.sign} aria-hidden>
            {admitted ? <Check strokeWidth={3} /> : <X strokeWidth={3} />}
          </span>
          <Modal.Title className={classes.title}>{t(`door.${reason}`)}</Modal.Title>
          <div role="status" className={classes.facts}>
            {ticket && (
              <>
                <strong>{ticket.attendee_name}</strong>
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
          </div>
          <Button size="lg" data-autofocus onKeyDown={takeScan} onClick={() => onNext("")} className={classes.next}>
            {t("door.next")}
          </Button>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
