import { openDB, type DBSchema, type IDBPDatabase } from "idb"
import { privateDatabase, sessionOwner } from "@/api/session"
import type { components } from "@/api/schema"

export type DoorList = components["schemas"]["DoorListOutput"]
export type DoorTicket = DoorList["tickets"][number]
export type ScanAnswer = components["schemas"]["ScanOutput"]

/** Somebody let in without a network, until the server knows of it. */
export interface Scan {
  key?: number
  owner: string
  event: number
  /** What the list knows the ticket by; holds two scans of one ticket against each other. */
  hash: string
  code?: string
  ticket?: number
  scanned_at: string
}

/** Somebody let in whom the server would not have let in. */
export interface Conflict {
  key: number
  event: number
  result: ScanAnswer["result"] | "failed"
  ticket: ScanAnswer["ticket"]
  scanned_at: string
}

interface Lists extends DBSchema {
  lists: { key: number; value: DoorList }
  conflicts: { key: number; value: Conflict }
}

interface Scans extends DBSchema {
  scans: { key: number; value: Scan; indexes: { owner: string } }
}

/** Whether this browser can keep a list, and tell by it: codes are known by a hash, which needs https. */
export const canKeepLists = () => "indexedDB" in globalThis && globalThis.crypto?.subtle !== undefined

// Names of people are in it: it goes with the session.
const lists = () =>
  openDB<Lists>(privateDatabase, 1, {
    upgrade(database) {
      database.createObjectStore("lists", { keyPath: "event" })
      database.createObjectStore("conflicts", { keyPath: "key" })
    },
  })

// This stays when the session ends: who was let in has to be told, by the same person once they are back.
const scans = () =>
  openDB<Scans>("delux.door", 1, {
    upgrade(database) {
      database.createObjectStore("scans", { keyPath: "key", autoIncrement: true }).createIndex("owner", "owner")
    },
  })

/** Each use opens and closes it, so that a database is never kept from being deleted. */
async function within<Schema extends DBSchema, Result>(
  opening: Promise<IDBPDatabase<Schema>>,
  work: (database: IDBPDatabase<Schema>) => Promise<Result>,
): Promise<Result> {
  const database = await opening
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

export const keepList = (list: DoorList) => within(lists(), (database) => database.put("lists", list))
export const readLists = () => within(lists(), (database) => database.getAll("lists"))
export const readConflicts = () => within(lists(), (database) => database.getAll("conflicts"))
export const keepConflict = (conflict: Conflict) => within(lists(), (database) => database.put("conflicts", conflict))
export const clearConflicts = () => within(lists(), (database) => database.clear("conflicts"))
export const addScan = (scan: Scan) => within(scans(), (database) => database.add("scans", scan))
export const readScans = () => within(scans(), (database) => database.getAllFromIndex("scans", "owner", sessionOwner()))

export function dropScans(keys: number[]): Promise<void> {
  return within(scans(), async (database) => {
    const change = database.transaction("scans", "readwrite")
    await Promise.all([...keys.map((key) => change.store.delete(key)), change.done])
  })
}
