import { useRouter } from "@tanstack/react-router"
import { lazy, Suspense, useEffect } from "react"
import { closeBasket, useBasketSheet } from "@/features/checkout/api/basket-sheet"
import { loadTexts } from "@/lib/i18n"

const BasketSheet = lazy(async () => {
  const [sheet] = await Promise.all([import("@/features/checkout/components/basket-sheet"), loadTexts("checkout")])
  return { default: sheet.BasketSheet }
})

/** Where the basket lies over whatever page opened it; another page puts it away. */
export function BasketLayer() {
  const { open, added } = useBasketSheet()
  const router = useRouter()

  useEffect(() => router.subscribe("onBeforeLoad", ({ pathChanged }) => pathChanged && closeBasket()), [router])

  useEffect(() => {
    if (!open) return
    return () => {
      // The button that opened it may be gone or disabled by now: the basket's own is always there.
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        const buttons = [...document.querySelectorAll<HTMLElement>("[data-opens-basket]")]
        buttons.find((button) => button.getClientRects().length > 0)?.focus({ preventScroll: true })
      })
    }
  }, [open])

  return <Suspense fallback={null}>{open && <BasketSheet added={added} />}</Suspense>
}
