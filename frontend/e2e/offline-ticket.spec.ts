// The plain test: the browser complains of a lost network, and that is what this is about.
import { test, type Page } from "@playwright/test"
import { expect, heading, seen, signIn } from "./support"

test.setTimeout(120_000)

/** Everything this site keeps on the device, as text. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found = [JSON.stringify({ ...localStorage })]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        found.push(request.url, (await (await cache.match(request))?.text()) ?? "")
      }
    }
    return found.join("\n")
  })
}

async function openFirstTicket(page: Page): Promise<string> {
  await page.goto("/tickets")
  await expect(heading(page, "My tickets")).toBeVisible()
  await page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link").first().click()
  await expect(page.getByRole("img", { name: "QR code of the ticket" })).toBeVisible()
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state === "activated") return
    await new Promise<void>((resolve) => active?.addEventListener("statechange", () => resolve(), { once: true }))
  })
  return new URL(page.url()).pathname
}

test("a ticket opened once is shown at the entrance without a network", { tag: "@phone" }, async ({ page, context }) => {
  await signIn(page, "buyer@delux.test")
  const address = await openFirstTicket(page)
  const title = await page.getByRole("heading", { level: 1 }).innerText()

  await context.setOffline(true)
  await page.reload()

  await expect(heading(page, title)).toBeVisible()
  await expect(page.getByRole("img", { name: "QR code of the ticket" })).toBeVisible()
  await expect(page.getByText("No network")).toBeVisible()
  await page.getByRole("button", { name: "Full screen" }).click()
  await expect(page.getByRole("dialog")).toBeVisible()
  await page.keyboard.press("Escape")

  await page.goto("/tickets")
  await seen(page.getByRole("link", { name: title })).click()
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await expect(page.getByRole("img", { name: "QR code of the ticket" })).toBeVisible()

  await context.setOffline(false)
  await page.reload()
  await expect(heading(page, title)).toBeVisible()
  await expect(page.getByText("No network")).toBeHidden()
})

test("nothing private is in the worker's cache, and nothing at all after sign-out", { tag: "@phone" }, async ({ page, context }) => {
  await signIn(page, "buyer@delux.test")
  const address = await openFirstTicket(page)
  const title = await page.getByRole("heading", { level: 1 }).innerText()
  const cached = await page.evaluate(async () => {
    const urls: string[] = []
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname)
    }
    return urls
  })
  expect(cached.filter((path) => !path.startsWith("/assets/"))).toEqual(["/index.html"])
  expect(await kept(page)).toContain(title)

  await seen(page.getByRole("button", { name: "Account" })).click()
  await seen(page.getByRole("button", { name: "Sign out" })).click()
  await expect(page).toHaveURL(/sign-in/)

  expect(await kept(page)).not.toContain(title)
  await context.setOffline(true)
  await page.goto(address)
  await expect(page.getByRole("img", { name: "QR code of the ticket" })).toBeHidden()
  await expect(page.getByText(title)).toBeHidden()
})
