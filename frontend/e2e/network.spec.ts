import type { Page } from "@playwright/test"
import { newBuyer, scarceTicket } from "./demo"
import { card, expect, forgive, heading, password, payWith, seen, signIn, test } from "./support"

const pages = {
  guest: ["/", "/events", "/shop", "/sign-up"],
  buyer: ["/orders", "/tickets", "/profile", "/basket"],
  desk: ["/crm", "/crm/orders", "/crm/events", "/crm/products", "/crm/customers", "/crm/tasks", "/crm/settings"],
}
const problem = {
  status: 500,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "about:blank", title: "Broken", status: 500, detail: "Broken", code: "internal", request_id: "5f0c2f6f" }),
}

/** Every call answers 500, the first time or always. Who somebody is stays known: that fault has a test of its own. */
async function failing(page: Page, { once }: { once: boolean }): Promise<void> {
  const failed = new Set<string>()
  await page.route(/\/api\/v1\/(?!auth\/token)/, (route, request) => {
    const call = `${request.method()} ${request.url()}`
    if (once && failed.has(call)) return route.continue()
    failed.add(call)
    return route.fulfill(problem)
  })
}

/** Whatever happens, there is a heading, the frame around it, and more than nothing to read. */
async function expectNotBlank(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await expect(page.getByRole("main")).not.toBeEmpty()
}

/** Wait for something with the page's clock running ahead, past the pauses after which it asks once more. */
async function soon(page: Page, check: (timeout: { timeout: number }) => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(3_000)
    await check({ timeout: 200 })
  }).toPass({ intervals: [100] })
}

test("pages whose calls all fail once draw themselves in the end, and a guest buys nothing twice", { tag: "@phone" }, async ({ page, complaints }) => {
  test.setTimeout(180_000)
  await newBuyer(page)
  await page.clock.install()
  await failing(page, { once: true })
  for (const address of [...pages.guest, ...pages.buyer]) {
    await page.goto(address)
    await expectNotBlank(page)
    await soon(page, (timeout) => expect(page.getByRole("main").locator("[aria-busy=true], [data-visible]")).toHaveCount(0, timeout))
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0)
  }
  forgive(complaints, /500/)
})

test("a failing order and a failing payment are told, and another press goes on", { tag: "@phone" }, async ({ page, complaints }) => {
  const { id } = await scarceTicket(page.request, 5)
  const { call } = await newBuyer(page)
  await call("cart/items/", { item_type: "ticket", ticket_type_id: id, quantity: 1 })
  await failing(page, { once: true })
  await page.goto("/checkout")
  await page.getByRole("button", { name: "Go to payment" }).click()
  await expect(heading(page, "Payment")).toBeVisible()
  await payWith(page, card.pays)
  await expect(page.getByRole("alert")).toContainText("This did not work")
  await page.getByRole("button", { name: /^Pay / }).click()
  await expect(page.getByText("Paid. It is yours")).toBeVisible()

  expect((await call<{ results: unknown[] }>("orders/")).results).toHaveLength(1)
  forgive(complaints, /500/)
})

test("pages whose calls keep failing say so and go on when the server is back", { tag: "@phone" }, async ({ page, complaints }) => {
  test.setTimeout(180_000)
  await signIn(page, "organizer@delux.test")
  await page.clock.install()
  await failing(page, { once: false })
  // This one brings its first answers itself.
  await page.goto("/events")
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible()
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0)
  for (const address of ["/events?city=Almaty", "/shop", "/orders", "/tickets", ...pages.desk.slice(0, 3)]) {
    await page.goto(address)
    await soon(page, (timeout) => expect(page.getByRole("main").getByRole("button", { name: "Try again" }).first()).toBeVisible(timeout))
    await expectNotBlank(page)
  }
  await page.unrouteAll()
  await seen(page.getByRole("main").getByRole("button", { name: "Try again" })).click()
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0)
  forgive(complaints, /500/)
})

test("on a slow network every page of buyer and desk has its heading at once and its content after", { tag: "@phone" }, async ({ page }) => {
  test.setTimeout(180_000)
  await signIn(page, "organizer@delux.test")
  await page.route("**/api/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    await route.continue().catch(() => undefined) // the page may have gone on meanwhile
  })
  for (const address of [...pages.guest.slice(0, 3), ...pages.desk]) {
    await page.goto(address)
    await expectNotBlank(page)
    await expect(page.getByRole("main").locator("[aria-busy=true], [data-visible]")).toHaveCount(0)
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0)
  }
})

test("language and theme are switched where one is, and stay", async ({ page }) => {
  const address = "/events?format=offline&ordering=price"
  await page.goto(address)
  await expect(heading(page, "Events")).toBeVisible()
  const open = () => seen(page.getByRole("button", { name: /^(Language, country and theme|Тіл|Language)/ })).click()
  await open()
  await seen(page.getByText("Русский", { exact: true })).click()
  await expect(page.locator("html")).toHaveAttribute("lang", "ru")
  await expect(heading(page, "События")).toBeVisible()
  await seen(page.getByText("Тёмная", { exact: true })).click()
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark")
  await expect(page).toHaveURL(address)

  await page.reload()
  await expect(heading(page, "События")).toBeVisible()
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark")
  await expect(page).toHaveURL(address)
})

test("a session that ended leads through sign-in back to the same place", { tag: "@phone" }, async ({ page, context, complaints }) => {
  const { email } = await newBuyer(page)
  await page.goto("/tickets")
  await expect(page.getByText("No tickets for coming events")).toBeVisible()

  // Ended elsewhere: neither the token nor the cookie is good any more, and the next call says so.
  await context.clearCookies()
  await page.route("**/api/v1/tickets/**", (route) => route.fulfill({ ...problem, status: 401 }))
  await seen(page.getByRole("main").getByRole("link", { name: "Past" })).click()
  await expect(heading(page, "Sign in")).toBeVisible()
  await page.unrouteAll()
  await page.getByRole("textbox", { name: "E-mail" }).fill(email)
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click()
  await expect(heading(page, "My tickets")).toBeVisible()
  await expect(page).toHaveURL("/tickets?when=past")
  forgive(complaints, /401/)
})

test("what was built comes compressed, the way the browser likes best", { tag: "@phone" }, async ({ page }) => {
  const arrivals = page.waitForResponse((response) => /\/assets\/frame-.+\.js$/.test(response.url()))
  await page.goto("/")

  expect((await arrivals).headers()["content-encoding"]).toMatch(/^(br|gzip)$/)
})
