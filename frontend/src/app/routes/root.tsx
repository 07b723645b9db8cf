import type { QueryClient } from "@tanstack/react-query"
import { createRootRouteWithContext, Outlet, useRouter } from "@tanstack/react-router"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { takeIgnoredParams } from "@/lib/search-params"
import { notify } from "@/ui/notify"
import { Toaster } from "@/ui/toaster"
import { NotFoundPage } from "../pages/not-found-page"
import classes from "../shell/skip-link.module.css"
import { StorefrontFrame } from "../shell/storefront-frame"

export interface RouterContext {
  queryClient: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Root,
  notFoundComponent: () => (
    <StorefrontFrame>
      <NotFoundPage />
    </StorefrontFrame>
  ),
})

function Root() {
  const { t } = useTranslation()
  useFocusAfterNavigation()
  useForgetServersHead()
  useIgnoredParamsNotice()
  return (
    <>
      <a className={classes.skip} href="#content">
        {t("skipToContent")}
      </a>
      <Outlet />
      <Toaster />
    </>
  )
}

/** A new page starts at its heading for the keyboard and the screen reader too, not where the last one ended. */
function useFocusAfterNavigation() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged, toLocation }) => {
        if (!fromLocation || !pathChanged || toLocation.hash) return
        const target = document.querySelector<HTMLElement>("main h1") ?? document.querySelector<HTMLElement>("main")
        target?.focus({ preventScroll: true })
      }),
    [router],
  )
}

/** What the server said of the first page (canonical address, preview) is not true of the next one. */
function useForgetServersHead() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (fromLocation && pathChanged) document.head.querySelectorAll("[data-page]").forEach((tag) => tag.remove())
      }),
    [router],
  )
}

/** Says which parts of a link were left out, once, in words. */
function useIgnoredParamsNotice() {
  const router = useRouter()
  const { t } = useTranslation()
  useEffect(() => {
    function tell() {
      const names = takeIgnoredParams()
      if (names.length > 0) void notify(t("state.ignored", { count: names.length, names: names.join(", ") }))
    }
    tell()
    return router.subscribe("onRendered", tell)
  }, [router, t])
}
