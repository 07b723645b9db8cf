import { useRef, useState } from "react"
import { refusalOf, useAdmit, useCheckIn } from "./api"
import { repeatGate } from "./repeats"
import { prepareSound, signal } from "./signals"
import { toneOf, type Outcome } from "./verdict"

const REMEMBERED = 8

/** One question at a time, and what came of the latest ones. */
export function useDoor({ event, muted }: { event?: number; muted: boolean }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [last, setLast] = useState<Outcome[]>([])
  const [gate] = useState(repeatGate)
  // State comes with the next drawing, and two scans may come before it.
  const asking = useRef(false)
  const byCode = useCheckIn()
  const byName = useAdmit()

  function tell(next: Outcome) {
    if (toneOf(next.reason) === "unsure") gate.forget()
    setOutcome(next)
    setLast((old) => [next, ...old].slice(0, REMEMBERED))
    signal(toneOf(next.reason), { muted })
  }

  const answers = {
    onSuccess: (ticket: NonNullable<Outcome["ticket"]>) => tell({ reason: "admitted", ticket }),
    onError: (error: unknown) => tell(refusalOf(error)),
    onSettled: () => {
      asking.current = false
    },
  }

  function ask(code: string) {
    if (code === "" || asking.current) return
    asking.current = true
    byCode.mutate({ code, ...(event && { event }) }, answers)
  }

  return {
    outcome,
    last,
    isAsking: byCode.isPending || byName.isPending,
    /** A code typed or pasted. */
    ask(code: string) {
      prepareSound()
      ask(code)
    },
    /** A code in front of the camera. A yes makes way for the next ticket; a no stays until somebody has read it. */
    see(code: string) {
      const isFree = !asking.current && (outcome === null || outcome.reason === "admitted")
      if (gate.offer(code, performance.now(), isFree)) ask(code)
    },
    admit(attendee: number) {
      if (asking.current) return
      asking.current = true
      prepareSound()
      byName.mutate(attendee, answers)
    },
    next: () => setOutcome(null),
  }
}
