import type { Admission, Refusal } from "../api"
import type { DoorList, DoorTicket, Scan } from "./store"

/** What a door knows without a network: the list it took along, and whom it let in since. */
export interface Known {
  list: DoorList
  scans: Scan[]
}

export interface Judgement {
  reason: Refusal | "admitted"
  ticket: Admission | null
  /** What to keep of it when somebody is let in. */
  hash: string
}

const REFUSED = {
  reserved: "ticket_not_paid",
  refunded: "ticket_refunded",
  canceled: "ticket_canceled",
  checked_in: "already_checked_in",
} as const

/** Judge a code by the list. A genuine one that is not on it was bought since the list was saved, and admits. */
export async function judgeCode(known: Known, code: string): Promise<Judgement> {
  const parts = partsOf(code)
  if (!parts) return { reason: "unknown_code", ticket: null, hash: "" }
  const hash = await fingerprint(code)
  if (parts.event !== known.list.event) return { reason: "wrong_event", ticket: null, hash }
  const found = known.list.tickets.find(({ h }) => h === hash)
  if (found) return judgeTicket(known, found)
  // Well signed and not on the list, as if sold since; but its ticket went to somebody else under another code.
  if (known.list.replaced?.includes(hash)) return { reason: "ticket_replaced", ticket: null, hash }
  const isGenuine = await isSigned(parts, known.list.public_key)
  // A browser that cannot check signatures cannot tell a new ticket from a forged one.
  if (isGenuine === null) return { reason: "network", ticket: null, hash }
  if (!isGenuine) return { reason: "unknown_code", ticket: null, hash }
  return judged(known, { id: 0, h: hash, s: "paid", n: "", t: -1 })
}

export function judgeTicket(known: Known, ticket: DoorTicket): Judgement {
  return judged(known, ticket)
}

function judged({ list, scans }: Known, ticket: DoorTicket): Judgement {
  const here = scans.find(({ event, hash }) => event === list.event && hash === ticket.h)
  const usedAt = here?.scanned_at ?? ticket.at ?? null
  const reason = here
    ? "already_checked_in"
    : ticket.s !== "paid"
      ? REFUSED[ticket.s]
      : list.is_canceled
        ? "ticket_canceled"
        : "admitted"
  return { reason, ticket: asAdmission(list, ticket, usedAt), hash: ticket.h }
}

function asAdmission(list: DoorList, ticket: DoorTicket, checked_in_at: string | null): Admission {
  return {
    id: ticket.id,
    event: { id: list.event, slug: list.slug, title: list.title },
    ticket_type: list.ticket_types[ticket.t] ?? "",
    attendee_name: ticket.n,
    status: checked_in_at ? "checked_in" : ticket.s,
    checked_in_at,
    checked_in_by: null,
  }
}

/** Tickets whose holder's name has every one of the words. */
export function findByName(list: DoorList, words: string): DoorTicket[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return list.tickets.filter(({ n }) => wanted.every((word) => n.toLowerCase().includes(word)))
}

interface Parts {
  event: number
  signed: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

const VERSION = 1
const CODE_LENGTH = 120
const SIGNED_BYTES = 26

/** Take a code apart: version (2 bytes), event (8), random id (16), signature (64); null where it is not one. */
function partsOf(code: string): Parts | null {
  if (code.length !== CODE_LENGTH || !/^[\w-]+$/.test(code)) return null
  const bytes = fromBase64(code)
  const view = new DataView(bytes.buffer)
  if (view.getUint16(0) !== VERSION) return null
  return { event: Number(view.getBigUint64(2)), signed: bytes.slice(0, SIGNED_BYTES), signature: bytes.slice(SIGNED_BYTES) }
}

async function isSigned({ signature, signed }: Parts, key: string): Promise<boolean | null> {
  try {
    const imported = await crypto.subtle.importKey("raw", fromBase64(key), "Ed25519", false, ["verify"])
    return await crypto.subtle.verify("Ed25519", imported, signature, signed)
  } catch {
    return null
  }
}

/** The first 16 bytes of SHA-256, as the list has them. */
export async function fingerprint(code: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code))).slice(0, 16)
  return btoa(String.fromCharCode(...digest))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "")
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))
}
