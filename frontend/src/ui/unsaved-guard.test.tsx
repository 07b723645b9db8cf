import { createMemoryHistory, createRootRoute, createRoute, createRouter, Link, Outlet, RouterProvider } from "@tanstack/react-router"
import { screen, waitFor } from "@testing-library/react"
import type { ComponentType } from "react"
import { describe, expect, it } from "vitest"
import { render } from "@/testing/render"
import { UnsavedGuard } from "./unsaved-guard"

// This little router is not the product's, whose addresses links are checked against.
const AnyLink = Link as ComponentType<{ to: string; search?: object; children: string }>

function draw(unsaved: boolean) {
  const root = createRootRoute({ component: Outlet })
  const form = createRoute({
    getParentRoute: () => root,
    path: "/form",
    component: () => (
      <>
        <UnsavedGuard unsaved={unsaved} />
        <AnyLink to="/elsewhere">away</AnyLink>
        <AnyLink to="/form" search={{ tab: "two" }}>
          tab
        </AnyLink>
      </>
    ),
  })
  const elsewhere = createRoute({ getParentRoute: () => root, path: "/elsewhere", component: () => <p>elsewhere</p> })
  const router = createRouter({
    routeTree: root.addChildren([form, elsewhere]),
    history: createMemoryHistory({ initialEntries: ["/form"] }),
  })
  return { router, ...render(<RouterProvider router={router as never} />) }
}

describe("UnsavedGuard", () => {
  it("asks before leaving, stays, and leaves when told to", async () => {
    const { user, router } = draw(true)
    await user.click(await screen.findByRole("link", { name: "away" }))
    await user.click(await screen.findByRole("button", { name: "Stay and save" }))
    expect(router.state.location.pathname).toBe("/form")

    await user.click(await screen.findByRole("link", { name: "away" }))
    await user.click(await screen.findByRole("button", { name: "Leave without saving" }))
    expect(await screen.findByText("elsewhere")).toBeVisible()
  })

  it("lets a change of the query by", async () => {
    const { user, router } = draw(true)
    await user.click(await screen.findByRole("link", { name: "tab" }))
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: "two" }))
    expect(screen.queryByRole("dialog")).toBeNull()
  })

  it("asks nothing when everything is saved", async () => {
    const { user } = draw(false)
    await user.click(await screen.findByRole("link", { name: "away" }))
    expect(await screen.findByText("elsewhere")).toBeVisible()
  })
})
