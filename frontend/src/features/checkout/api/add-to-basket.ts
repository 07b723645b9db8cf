import { useMutation, useQueryClient } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import { sessionReady, sessionStatus } from "@/api/session"
import { cart } from "./cart"
import { addToGuestBasket, guestCount, type GuestLine } from "./guest-basket"

/**
 * Put lines into the basket: the server's for a person, the device's for a guest. The count in the header moves
 * at once and goes back where the server refuses.
 */
export function useAddToBasket() {
  const queryClient = useQueryClient()
  const { queryKey } = cart()
  return useMutation({
    scope: { id: "cart" },
    mutationFn: async (lines: GuestLine[]) => {
      await sessionReady()
      if (sessionStatus() !== "signed-in") {
        for (const line of lines) addToGuestBasket(line)
        return
      }
      for (const { seen_price: _, ...body } of lines) {
        queryClient.setQueryData(queryKey, await unwrap(api.POST("/api/v1/cart/items/", { body })))
      }
    },
    onMutate: async (lines) => {
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(
        queryKey,
        (known) => known && { ...known, item_count: known.item_count + guestCount(lines) },
      )
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
}
