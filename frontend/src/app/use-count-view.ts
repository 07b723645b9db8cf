import { useEffect } from "react"
import { useSessionStatus } from "@/api/session"
import { useMe } from "@/features/accounts/api/me"
import { countView } from "@/lib/count-view"

/** Count that the page of an event or a product was opened, unless by the organizer whose page it is. */
export function useCountView(kind: "event" | "product", id: number, host: string): void {
  const isGuest = useSessionStatus() === "guest"
  const { data: person } = useMe()
  const counts = isGuest || (person !== undefined && person.organizer?.slug !== host)
  useEffect(() => {
    if (counts) countView(kind, id)
  }, [counts, kind, id])
}
