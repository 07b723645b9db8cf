import { beforeAll, describe, expect, it } from "vitest"
import { findByName, fingerprint, judgeCode, judgeTicket, type Known } from "./judge"
import type { DoorList, DoorTicket, Scan } from "./store"

const EVENT = 5
let keys: CryptoKeyPair

const toText = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_")

/** A code as the server makes it: version, event, random id, and the signature over them. */
async function made(event: number, by: CryptoKey = keys.privateKey): Promise<string> {
  const head = new Uint8Array(26)
  const view = new DataView(head.buffer)
  view.setUint16(0, 1)
  view.setBigUint64(2, BigInt(event))
  crypto.getRandomValues(head.subarray(10))
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", by, head))
  return toText(new Uint8Array([...head, ...signature]))
}

const newKeys = async () => (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair

beforeAll(async () => {
  keys = await newKeys()
})

async function known(tickets: Partial<DoorTicket>[], changes: Partial<DoorList> = {}, scans: Scan[] = []): Promise<Known> {
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey))
  const list: DoorList = {
    event: EVENT,
    slug: "night-run",
    title: "Night run",
    is_canceled: false,
    made_at: "2026-11-21T04:00:00Z",
    public_key: toText(raw),
    ticket_types: ["10 km", "Kids"],
    replaced: [],
    tickets: tickets.map((ticket, index) => ({ id: index + 1, h: `hash-${index}`, s: "paid", n: "Timur A", t: 1, ...ticket })),
    ...changes,
  }
  return { list, scans }
}

const scanOf = (hash: string, event = EVENT): Scan => ({ owner: "1", event, hash, scanned_at: "2026-11-21T04:10:00Z" })

describe("without a network a code", () => {
  it("of a valid ticket on the list admits, with what the door wants to know", async () => {
    const code = await made(EVENT)
    const { reason, ticket } = await judgeCode(await known([{ h: await fingerprint(code) }]), code)
    expect(reason).toBe("admitted")
    expect([ticket?.attendee_name, ticket?.ticket_type, ticket?.event.title]).toEqual(["Timur A", "Kids", "Night run"])
  })

  it("whose ticket was passed on is refused, though it is well signed and on no list", async () => {
    const code = await made(EVENT)
    const { reason } = await judgeCode(await known([], { replaced: [await fingerprint(code)] }), code)
    expect(reason).toBe("ticket_replaced")
  })

  it("that this door let in before is refused, and says when", async () => {
    const code = await made(EVENT)
    const hash = await fingerprint(code)
    const { reason, ticket } = await judgeCode(await known([{ h: hash }], {}, [scanOf(hash)]), code)
    expect(reason).toBe("already_checked_in")
    expect(ticket?.checked_in_at).toBe("2026-11-21T04:10:00Z")
  })

  it.each([
    ["checked_in", "already_checked_in"],
    ["reserved", "ticket_not_paid"],
    ["refunded", "ticket_refunded"],
    ["canceled", "ticket_canceled"],
  ] as const)("of a ticket that is %s on the list is refused as %s", async (s, reason) => {
    const code = await made(EVENT)
    expect((await judgeCode(await known([{ h: await fingerprint(code), s }]), code)).reason).toBe(reason)
  })

  it("of an event that was called off admits nobody", async () => {
    const code = await made(EVENT)
    const list = await known([{ h: await fingerprint(code) }], { is_canceled: true })
    expect((await judgeCode(list, code)).reason).toBe("ticket_canceled")
  })

  it("of another event is said to be so", async () => {
    expect((await judgeCode(await known([]), await made(EVENT + 1))).reason).toBe("wrong_event")
  })

  it("bought after the list was saved is genuine and admits once", async () => {
    const code = await made(EVENT)
    expect((await judgeCode(await known([]), code)).reason).toBe("admitted")
    const again = await judgeCode(await known([], {}, [scanOf(await fingerprint(code))]), code)
    expect(again.reason).toBe("already_checked_in")
  })

  it("signed by anybody else is unknown", async () => {
    const forged = await made(EVENT, (await newKeys()).privateKey)
    expect((await judgeCode(await known([]), forged)).reason).toBe("unknown_code")
  })

  it.each(["", "hello", "A".repeat(120), "<b>".repeat(40), "ф".repeat(120)])("that is none (%s) is unknown", async (code) => {
    expect((await judgeCode(await known([]), code)).reason).toBe("unknown_code")
  })
})

describe("without a network a ticket found by name", () => {
  it("is judged as its code would be", async () => {
    const { list } = await known([{ n: "Timur Akhmetov" }, { n: "Dana" }])
    const [timur] = findByName(list, "akh TIM")
    expect(timur?.id).toBe(1)
    expect(judgeTicket({ list, scans: [] }, timur as DoorTicket).reason).toBe("admitted")
    expect(judgeTicket({ list, scans: [scanOf("hash-0")] }, timur as DoorTicket).reason).toBe("already_checked_in")
    expect(judgeTicket({ list, scans: [scanOf("hash-0", 99)] }, timur as DoorTicket).reason).toBe("admitted")
  })
})
