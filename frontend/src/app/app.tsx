import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { useEffect } from "react"
import { onSessionChange, sessionStatus } from "@/api/session"
import { ThemeProvider } from "@/ui/theme/theme-provider"
import type { createRouter } from "./router"

interface Props {
  queryClient: QueryClient
  router: ReturnType<typeof createRouter>
}

export function App({ queryClient, router }: Props) {
  useEffect(() => {
    let known = sessionStatus()
    return onSessionChange(() => {
      const now = sessionStatus()
      // What one person saw is not for the next one at this device. At start there is nothing to forget.
      if (known !== "starting") queryClient.clear()
      known = now
      void router.invalidate()
    })
  }, [queryClient, router])

  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <RouterProvider router={router} />
      </ThemeProvider>
    </QueryClientProvider>
  )
}
