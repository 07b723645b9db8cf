import { useMe } from "@/features/accounts/api/me"

/** What the organizer's prices are in. */
export function useDeskCurrency() {
  return useMe().data?.organizer?.currency ?? "KZT"
}

/** The clock the organizer's days are counted by. The desk opens to organizers only, so it is known by then. */
export function useDeskZone(): string {
  return useMe().data?.organizer?.timezone ?? "UTC"
}
