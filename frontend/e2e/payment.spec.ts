import type { Page } from "@playwright/test"
import { card, chooseRaceTicket, expect, goToBasket, heading, payWith, signUp, test } from "./support"

test.setTimeout(180_000)

/** A new buyer with one ticket, at the screen where it is paid. */
async function arriveAtPayment(page: Page): Promise<void> {
  await page.goto("/sign-up")
  await signUp(page)
  await expect(page).not.toHaveURL(/sign-up/)
  await chooseRaceTicket(page)
  await goToBasket(page, "Basket, 1 item")
  await page.getByRole("main").getByRole("link", { name: "Check out" }).click()
  await page.getByRole("button", { name: "Go to payment" }).click()
  await expect(heading(page, "Payment")).toBeVisible()
}

test("a declined card keeps the hold, also over a reload, and another card pays", async ({ page }) => {
  await arriveAtPayment(page)
  const order = page.url()

  await payWith(page, card.declined)
  await expect(page.getByRole("alert")).toContainText("The payment did not go through")
  await expect(page.getByRole("timer", { name: "Time left to pay" })).toBeVisible()

  await page.reload()
  expect(page.url()).toContain(new URL(order).pathname)
  await payWith(page, card.pays)
  await expect(page.getByText("Paid. It is yours")).toBeVisible()
})

test("a payment that the bank thinks over becomes paid by itself", { tag: "@phone" }, async ({ page }) => {
  await arriveAtPayment(page)

  await payWith(page, card.pending)
  await expect(page.getByText("The bank is deciding")).toBeVisible()
  await expect(page.getByText("Paid. It is yours")).toBeVisible({ timeout: 30_000 })
})
