import { newBuyer, scarceTicket } from "./demo"
import { card, expect, goToBasket, heading, mailedCode, press, reach, test } from "./support"

test("a guest gets a free ticket: an e-mail, a code, and it is theirs", async ({ page }) => {
  const ticket = await scarceTicket(page.request, 5, "0.00")
  await page.context().clearCookies()
  await page.goto(`/events/${ticket.event}`)
  await page.getByRole("group", { name: new RegExp(`^How many “${ticket.name}”`) }).getByRole("button", { name: "One more" }).click()
  await page.getByRole("button", { name: /^Add to basket/ }).click()
  await expect(page.getByRole("dialog", { name: "Basket" }).getByText("1 ticket is in your basket")).toBeVisible()
  await page.keyboard.press("Escape")
  await goToBasket(page, "Basket, 1 item")
  await page.getByRole("main").getByRole("link", { name: "Check out" }).click()

  const email = `free.${crypto.randomUUID().slice(0, 8)}@example.com`
  await page.getByRole("textbox", { name: "E-mail" }).fill(email)
  await page.getByRole("textbox", { name: "Your name" }).fill("Aru")
  await page.getByRole("button", { name: "Continue" }).click()
  await page.getByRole("textbox", { name: "Code from the mail" }).fill(await mailedCode(email))

  // No card is asked for.
  await expect(page.getByText("Paid. It is yours")).toBeVisible()
  await page.getByRole("link", { name: "Open my tickets" }).click()
  await expect(heading(page, "My tickets")).toBeVisible()
  await expect(page.getByRole("main").getByText(ticket.name)).toBeVisible()
})

test("a ticket is bought by the keyboard alone, and where one is can always be seen", async ({ page }) => {
  const ticket = await scarceTicket(page.request, 5)
  await newBuyer(page)
  await page.goto(`/events/${ticket.event}`)
  await press(page, page.getByRole("group", { name: new RegExp(`^How many “${ticket.name}”`) }).getByRole("button", { name: "One more" }))
  await press(page, page.getByRole("button", { name: /^Add to basket/ }))

  // The sheet takes the focus, and what is in it is reached at once.
  const sheet = page.getByRole("dialog", { name: "Basket" })
  await expect(sheet.getByText("1 ticket is in your basket")).toBeVisible()
  await press(page, sheet.getByRole("link", { name: "Check out" }))
  await expect(heading(page, "Checkout")).toBeVisible()
  await press(page, page.getByRole("button", { name: "Go to payment" }))
  await expect(heading(page, "Payment")).toBeVisible()
  for (const [name, value] of [["Card number", card.pays], ["Valid until", "1230"], ["Security code", "123"]] as const) {
    await reach(page, page.getByRole("textbox", { name }))
    await page.keyboard.type(value)
  }
  await page.keyboard.press("Enter")
  await expect(page.getByText("Paid. It is yours")).toBeVisible()
})
