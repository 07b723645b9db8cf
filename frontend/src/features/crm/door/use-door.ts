import { useRef, useState } from "react"
import { refusalOf, useAdmit, useCheckIn } from "./api"
import type { OfflineDoor } from "./offline/use-offline-door"
import { repeatGate } from "./repeats"
import { prepareSound, signal } from "./signals"
import { toneOf, type Outcome } from "./verdict"

const REMEMBERED = 8

type Wish = { code: string } | { ticket: number }

/** Now, to the microsecond; the last three digits are chance, so that no two scans of one ticket share their moment. */
const momentOfScan = () => new Date().toISOString().replace("Z", `${String(Math.floor(Math.random() * 1000)).padStart(3, "0")}Z`)

/** One question at a time, and what came of the latest ones. */
export function useDoor({ event, muted, offline }: { event?: number; muted: boolean; offline: OfflineDoor }) {
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

  /**
   * Ask the server; where it cannot be reached, the list this door took along, or the server once more. An answer may
   * be lost on the way back: by its time the server knows this scan again, and lets the same person in again.
   */
  async function decide(wish: Wish): Promise<Outcome> {
    const scan = { ...wish, scanned_at: momentOfScan() }
    const byServer = () => ("code" in scan ? byCode.mutateAsync({ ...scan, ...(event && { event }) }) : byName.mutateAsync(scan))
    const byList = async () => {
      const judgement = await offline.judge(scan)
      return judgement && { reason: judgement.reason, ticket: judgement.ticket, byList: true }
    }
    try {
      const kept = offline.online ? null : await byList()
      if (kept) return kept
      return { reason: "admitted", ticket: await byServer() }
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.reason !== "network") return refusal
      return (await byList()) || { reason: "admitted", ticket: await byServer() }
    }
  }

  function put(wish: Wish) {
    if (asking.current) return
    asking.current = true
    decide(wish)
      .catch((error: unknown) => refusalOf(error))
      .then(tell)
      .finally(() => {
        asking.current = false
      })
  }

  function ask(code: string) {
    if (code !== "") put({ code })
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
      prepareSound()
      put({ ticket: attendee })
    },
    next: () => setOutcome(null),
  }
}
