import { useQuery } from "@tanstack/react-query"
import { useSessionStatus } from "@/api/session"
import { cart } from "./cart"
import { guestCount, useGuestBasket } from "./guest-basket"

/** How many things are in the basket: the server's for a person, the device's for a guest. */
export function useBasketCount(): number {
  const signedIn = useSessionStatus() === "signed-in"
  const guestLines = useGuestBasket()
  const { data } = useQuery({ ...cart(), enabled: signedIn })
  if (!signedIn) return guestCount(guestLines)
  return data?.item_count ?? 0
}
