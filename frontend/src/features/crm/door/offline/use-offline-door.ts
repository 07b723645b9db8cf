import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useEffectEvent } from "react"
import { api, unwrap } from "@/api/client"
import { sessionOwner } from "@/api/session"
import { keepShell } from "@/lib/keep-shell"
import { useOnline } from "@/lib/use-online"
import { judgeCode, judgeTicket, type Judgement } from "./judge"
import { sendScans } from "./send"
import { addScan, canKeepLists, clearConflicts, keepList, readConflicts, readLists, readScans } from "./store"

const KEY = ["door-kept"] as const
/** A network that came back says nothing when the server is slow to: it is asked again this often, in milliseconds. */
const TRIED_EVERY = 20_000

/** The list a door took along, whom it let in by it, and what the server said of that later. */
export function useOfflineDoor(event: number | undefined) {
  const queryClient = useQueryClient()
  const online = useOnline()
  const isAble = canKeepLists()
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const [lists, scans, conflicts] = await Promise.all([readLists(), readScans(), readConflicts()])
      return { lists, scans, conflicts }
    },
    enabled: isAble,
    networkMode: "always",
    retry: false,
  })
  const reread = () => queryClient.invalidateQueries({ queryKey: KEY })
  const list = data?.lists.find((one) => one.event === event)
  const waiting = data?.scans.length ?? 0

  const save = useMutation({
    mutationFn: async (event_id: number) => {
      await keepList(await unwrap(api.GET("/api/v1/crm/events/{event_id}/check-ins/manifest/", { params: { path: { event_id } } })))
      // The browser may not throw it away for want of room.
      await navigator.storage?.persist?.()
      void keepShell({ door: true })
    },
    networkMode: "always",
    onSettled: reread,
  })
  const send = useMutation({
    mutationFn: sendScans,
    networkMode: "always",
    onSettled: async () => {
      await reread()
      await queryClient.invalidateQueries({ queryKey: ["crm"] })
    },
  })

  const trySending = useEffectEvent(() => {
    if (!send.isPending) send.mutate()
  })
  const isDue = online && waiting > 0
  useEffect(() => {
    if (!isDue) return
    trySending()
    const timer = setInterval(() => trySending(), TRIED_EVERY)
    return () => clearInterval(timer)
  }, [isDue])

  /** Judge by the list, and keep who is let in before anybody is told so; null without a list. */
  async function judge(wish: ({ code: string } | { ticket: number }) & { scanned_at: string }): Promise<Judgement | null> {
    if (!list) return null
    // The store, not the last drawing: two people may come between two of those.
    const known = { list, scans: await readScans() }
    const found = "ticket" in wish ? list.tickets.find(({ id }) => id === wish.ticket) : undefined
    const judgement = "code" in wish ? await judgeCode(known, wish.code) : found ? judgeTicket(known, found) : null
    if (judgement?.reason === "admitted") {
      const scan = { ...wish, owner: sessionOwner(), event: list.event, hash: judgement.hash }
      await addScan(scan)
      await reread()
    }
    return judgement
  }

  return {
    isAble,
    online,
    list,
    lists: data?.lists ?? [],
    scans: data?.scans ?? [],
    waiting,
    conflicts: data?.conflicts ?? [],
    save,
    send,
    judge,
    clear: () => void clearConflicts().then(reread),
  }
}

export type OfflineDoor = ReturnType<typeof useOfflineDoor>
