import type { ReactNode } from "react"
import { useUnreadCount } from "@/features/accounts/api/notifications"
import { useBasketCount } from "@/features/checkout/api/basket-count"
import { usePerson } from "../person"
import { StorefrontShell } from "./storefront-shell"

/** The storefront shell with what it shows of the person looking at it. */
export function StorefrontFrame({ children }: { children: ReactNode }) {
  return (
    <StorefrontShell person={usePerson()} basketCount={useBasketCount()} unread={useUnreadCount()}>
      {children}
    </StorefrontShell>
  )
}
