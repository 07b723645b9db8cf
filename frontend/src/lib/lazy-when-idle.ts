import { lazy, type ComponentType } from "react"

/** A component that is fetched, once it is drawn, when the browser has nothing better to do; within a second anyway. */
export function lazyWhenIdle<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    await idle()
    return { default: await load() }
  })
}

function idle(): Promise<unknown> {
  // Safari has no such callback.
  return "requestIdleCallback" in window
    ? new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }))
    : new Promise((resolve) => setTimeout(resolve))
}
