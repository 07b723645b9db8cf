// The plain test: the browser complains of a lost network, and that is what this is about.
import { test, type Page } from "@playwright/test"
import { apiOf } from "./demo"
import { expect, heading, signIn } from "./support"

test.setTimeout(120_000)

interface Ticket {
  code: string
  status: string
  attendee_name: string
  event: { id: number; title: string }
}

/** Until the worker has put everything the door needs into its cache. */
async function keptForADoor(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(async () => Boolean(await caches.match("/kept-for-a-door")))).toBe(true)
}

test("a door goes on without a network, and tells whom it let in when it is back", { tag: "@phone" }, async ({ page, context, request }) => {
  const buyer = await apiOf(request, "buyer@delux.test")
  const organizer = await apiOf(request, "organizer@delux.test")
  const mine = new Set((await organizer<{ results: { id: number }[] }>("crm/events/?status=published&page_size=100")).results.map(({ id }) => id))
  const { results } = await buyer<{ results: Ticket[] }>("tickets/?when=upcoming&page_size=50")
  const ticket = results.find(({ event, status }) => status === "paid" && mine.has(event.id))
  expect(ticket, "the demo buyer holds a ticket of the demo organizer").toBeDefined()
  const { attendee_name, code, event } = ticket as Ticket

  await signIn(page, "organizer@delux.test")
  await page.goto(`/crm/check-in?event=${event.id}`)
  await page.getByRole("button", { name: "Download for offline" }).click()
  await expect(page.getByText(/saved on this device/)).toBeVisible()
  await keptForADoor(page)

  await context.setOffline(true)
  await page.reload()
  await expect(heading(page, "Check-in")).toBeVisible()
  await expect(page.getByText("Offline, nothing waits to be sent")).toBeVisible()

  const field = page.getByRole("textbox", { name: "Ticket code" })
  await field.fill(code)
  await field.press("Enter")
  const verdict = page.getByRole("dialog", { name: "Let them in" })
  await expect(verdict).toContainText(attendee_name)
  await expect(verdict).toContainText("Judged by the saved list")
  await page.keyboard.press("Enter")
  await expect(page.getByText("Offline, 1 waiting to be sent")).toBeVisible()

  await page.reload()
  await expect(page.getByText("Offline, 1 waiting to be sent")).toBeVisible()
  await field.fill(code)
  await field.press("Enter")
  await expect(page.getByRole("dialog", { name: "Already used" })).toBeVisible()
  await page.keyboard.press("Enter")
  await field.fill("A".repeat(120))
  await field.press("Enter")
  await expect(page.getByRole("dialog", { name: "Not a ticket of yours" })).toBeVisible()
  await page.keyboard.press("Enter")

  await context.setOffline(false)
  await expect(page.getByText(/waiting to be sent/)).toBeHidden()
  const inside = await organizer<{ results: { attendee_name: string }[] }>(
    `crm/events/${event.id}/attendees/?status=checked_in&q=${encodeURIComponent(code)}`,
  )
  expect(inside.results.map((one) => one.attendee_name)).toEqual([attendee_name])
})
