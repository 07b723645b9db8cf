import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { createMemoryHistory } from "@tanstack/react-router"
import { render as renderReact } from "@testing-library/react"
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event"
import type { ReactNode } from "react"
import { App } from "@/app/app"
import { createRouter } from "@/app/router"
import { ThemeProvider } from "@/ui/theme/theme-provider"

/** Somebody at the keyboard. Whether CSS lets clicks through is not asked: no CSS is here, and asking took a third of the time. */
const setupUser = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never })

/** Draw one component inside the providers. For links and search params, draw a route instead. */
export function render(ui: ReactNode) {
  const user = setupUser()
  const queryClient = quietClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>{children}</ThemeProvider>
    </QueryClientProvider>
  )
  return { user, ...renderReact(ui, { wrapper }) }
}

/** Draw the whole product at a path, as a browser would. */
export function renderRoute(path: string) {
  const user = setupUser()
  const queryClient = quietClient()
  const router = createRouter(queryClient, createMemoryHistory({ initialEntries: [path] }))
  return { user, router, queryClient, ...renderReact(<App queryClient={queryClient} router={router} />) }
}

function quietClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } })
}
