import { useSessionStatus } from "@/api/session"
import { useMe } from "@/features/accounts/api/me"
import type { Person } from "./shell/account-menu"

/** Who the shell greets: null for a guest, undefined while that is not known yet. */
export function usePerson(): Person | null | undefined {
  const status = useSessionStatus()
  const { data } = useMe()
  if (status === "guest") return null
  if (!data) return undefined
  const name = `${data.first_name} ${data.last_name}`.trim()
  return { name: name || (data.email ?? "Delux"), email: data.email ?? data.phone, isOrganizer: data.organizer !== null }
}
