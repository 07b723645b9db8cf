import { createMemoryHistory } from "@tanstack/react-router"
import { expect, it } from "vitest"
import { makeQueryClient } from "@/api/query-client"
import { addresses } from "../../e2e/addresses"
import { createRouter } from "./router"

it("every route is checked for accessibility: a new one needs its line in e2e/addresses.ts", () => {
  const routes = Object.keys(createRouter(makeQueryClient(), createMemoryHistory()).routesByPath)

  // The kit is left out of the production build, which the browser tests run.
  expect(routes.filter((path) => path !== "/dev/kit").toSorted()).toEqual(Object.keys(addresses).toSorted())
})
