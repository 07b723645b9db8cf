import { api, unwrap } from "@/api/client"
import { ApiError } from "@/api/errors"
import { dropScans, keepConflict, readScans, type Scan, type ScanAnswer } from "./store"

const AT_ONCE = 200

/**
 * Tell the server whom this device let in. What it would not have let in is kept as a conflict; the batch may be
 * sent again where the answer was lost. Throws where the server cannot be asked: the scans then wait.
 */
export async function sendScans(): Promise<void> {
  await (navigator.locks ? navigator.locks.request("delux.door", send) : send())
}

async function send(): Promise<void> {
  const waiting = await readScans()
  for (const event of new Set(waiting.map((scan) => scan.event))) {
    const ofEvent = waiting.filter((scan) => scan.event === event)
    for (let start = 0; start < ofEvent.length; start += AT_ONCE) await sendSome(event, ofEvent.slice(start, start + AT_ONCE))
  }
}

async function sendSome(event: number, scans: Scan[]): Promise<void> {
  try {
    const { results } = await post(event, scans)
    for (const [index, answer] of results.entries()) await settle(scans[index], answer)
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 404].includes(error.status)) throw error
    // One that the server cannot take must not keep the others waiting.
    if (scans.length > 1) for (const scan of scans) await sendSome(event, [scan])
    else await settle(scans[0], { result: "failed", ticket: null })
  }
}

async function settle(scan: Scan | undefined, { result, ticket }: ScanAnswer | { result: "failed"; ticket: null }): Promise<void> {
  if (scan?.key === undefined) return
  const { event, key, scanned_at } = scan
  if (result !== "admitted") await keepConflict({ key, event, result, ticket, scanned_at })
  await dropScans([key])
}

function post(event_id: number, scans: Scan[]) {
  const body = { scans: scans.map(({ code, ticket, scanned_at }) => (code ? { code, scanned_at } : { ticket, scanned_at })) }
  return unwrap(api.POST("/api/v1/crm/events/{event_id}/check-ins/batch/", { params: { path: { event_id } }, body }))
}
