import { useState } from "react"
import { useAddToBasket } from "./add-to-basket"
import { isSameThing } from "./basket-math"
import type { BasketLine } from "./cart"

/** Taking a line out of the basket, and back in: the last one taken out waits for its undo. */
export function useUndo(setQuantity: (line: BasketLine, quantity: number) => void) {
  const add = useAddToBasket()
  const [removed, setRemoved] = useState<BasketLine | null>(null)
  return {
    removed,
    error: add.error,
    change: (line: BasketLine, quantity: number) => {
      if (quantity === 0) setRemoved(line)
      else if (removed && isSameThing(removed, line)) setRemoved(null)
      setQuantity(line, quantity)
    },
    undo: () => {
      if (!removed) return
      setRemoved(null)
      add.mutate([
        {
          item_type: removed.item_type,
          quantity: removed.quantity,
          seen_price: removed.unit_price,
          ...(removed.variant_id !== null && { variant_id: removed.variant_id }),
          ...(removed.ticket_type_id !== null && { ticket_type_id: removed.ticket_type_id }),
        },
      ])
    },
  }
}
