import { newBuyer, scarceTicket } from "./demo"
import { card, expect, goToBasket, heading, mailedCode, payWith, press, reach, sms, test } from "./support"

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

test("a guest without an e-mail buys by phone: a number, a code by SMS, paid, and the ticket is there", async ({ page }) => {
  const ticket = await scarceTicket(page.request, 5)
  await page.context().clearCookies()
  await page.goto(`/events/${ticket.event}`)
  await page.getByRole("group", { name: new RegExp(`^How many “${ticket.name}”`) }).getByRole("button", { name: "One more" }).click()
  await page.getByRole("button", { name: /^Add to basket/ }).click()
  await page.getByRole("dialog", { name: "Basket" }).getByRole("link", { name: "Check out" }).click()

  const number = String(Date.now() % 10_000_000).padStart(7, "0")
  await page.getByRole("textbox", { name: "E-mail or phone" }).fill(`8 707 ${number}`)
  await page.getByRole("textbox", { name: "Your name" }).fill("Aru")
  await page.getByRole("button", { name: "Continue" }).click()
  const code = await sms(`+7707${number}`, /^(\d{6}) is your Delux code/m)
  await page.getByRole("textbox", { name: "Code from the SMS" }).fill(code)
  await expect(heading(page, "Payment")).toBeVisible()
  await payWith(page, card.pays)
  await expect(page.getByText("Paid. It is yours")).toBeVisible()

  // A link to the order comes by SMS too, as there is no mail to put it in.
  const order = new URL(page.url()).pathname
  expect(await sms(`+7707${number}`, /(\/orders\/DX-[0-9A-Z-]+)/)).toBe(order)
  await page.getByRole("link", { name: "Open my tickets" }).click()
  await page.getByRole("article").filter({ hasText: ticket.name }).getByRole("link").click()
  await expect(page.getByRole("img", { name: "QR code of the ticket" })).toBeVisible()
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
