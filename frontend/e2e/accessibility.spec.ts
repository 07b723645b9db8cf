import type { Page } from "@playwright/test"
import axe from "axe-core"
import { addresses, type Demo } from "./addresses"
import { findDemo } from "./demo"
import { expect, signIn, test } from "./support"

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
const colours = ["color-contrast", "link-in-text-block"]
const themes = ["light", "dark"] as const
const emails = { guest: "", buyer: "buyer@delux.test", organizer: "organizer@delux.test" }

test.use({ screenshot: "off" })

let demo: Demo
test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL })
  demo = await findDemo(request)
  await request.dispose()
})

for (const person of ["guest", "buyer", "organizer"] as const) {
  test(`axe finds nothing on any page of a ${person}, in both themes`, async ({ page }) => {
    test.setTimeout(240_000)
    // The map's tiles come from elsewhere.
    await page.route("https://tile.openstreetmap.org/**", (route) => route.fulfill({ contentType: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg'/>" }))
    if (emails[person]) await signIn(page, emails[person])
    else await page.goto("/sign-in")
    const visits = Object.values(addresses).filter(({ as }) => as === person)
    if (person === "guest") visits.push({ as: "guest", at: () => ["/no/such/page"] })

    const found: string[] = []
    for (const address of visits.flatMap(({ at }) => at(demo))) {
      await visit(page, address)
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme })
        await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", theme)
        // Between themes colours differ and nothing else does.
        for (const problem of await problems(page, theme === "dark" ? colours : rules)) found.push(`${address} (${theme}): ${problem}`)
      }
    }
    expect(found).toEqual([])
  })
}

test("axe is able to find something", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/sign-in")
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await page.evaluate(() => {
    document.querySelector("main")?.insertAdjacentHTML("beforeend", '<button></button><p style="color: #999; background: #aaa">pale</p>')
  })

  expect(await problems(page)).toEqual([expect.stringMatching(/^button-name:/), expect.stringMatching(/^color-contrast:/)])
})

/** Go on inside the running application, as a link does, and wait until the page has all it asked for. */
async function visit(page: Page, address: string): Promise<void> {
  const quiet = quietNetwork(page)
  await page.evaluate((to) => {
    history.pushState(null, "", to)
    dispatchEvent(new PopStateEvent("popstate"))
  }, address)
  await quiet
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1)
  await expect(page.locator("[aria-busy=true], [data-visible]")).toHaveCount(0)
}

/** Resolve when nothing has been on its way for a moment. */
function quietNetwork(page: Page): Promise<void> {
  return new Promise((resolve) => {
    let open = 0
    let timer: NodeJS.Timeout
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (open > 0) return
        page.off("request", begin).off("requestfinished", end).off("requestfailed", end)
        resolve()
      }, 120)
    }
    const begin = () => (open++, wait())
    const end = () => (open--, wait())
    page.on("request", begin).on("requestfinished", end).on("requestfailed", end)
    wait()
  })
}

async function problems(page: Page, runOnly = rules): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (only) => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: only, resultTypes: ["violations"] }),
    runOnly,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary}`))
}
