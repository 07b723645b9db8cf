import { card, chooseRaceTicket, expect, goToBasket, heading, mailedCode, otherPerson, payWith, picture, seen, signIn, test } from "./support"

test.use({ contextOptions: { reducedMotion: "no-preference" } })

test("a race ticket and a pair of shoes in one basket, paid, admitted by QR code, and shipped by the organizer", async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000)

  // A visitor finds a race.
  await page.goto("/")
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await expect(seen(page.getByRole("link", { name: /Medeu Night Run/ }))).toBeVisible()
  await picture(page, "home")
  await chooseRaceTicket(page)
  await picture(page, "event")

  // And a pair of shoes.
  await seen(page.getByRole("link", { name: "Shop" })).click()
  await expect(heading(page, "Shop")).toBeVisible()
  await page.getByRole("searchbox", { name: "Search" }).fill("Tempo 3")
  await page.getByRole("searchbox", { name: "Search" }).press("Enter")
  await seen(page.getByRole("link", { name: /Tempo 3$/ })).click()
  await expect(heading(page, /Tempo 3/)).toBeVisible()
  await page.getByRole("radio", { name: "42" }).check({ force: true })
  await page.getByRole("button", { name: /^Add to basket/ }).click()
  await expect(page.getByRole("dialog", { name: "Basket" }).getByText(/Tempo 3 is in your basket/)).toBeVisible()
  await page.keyboard.press("Escape")

  // Both lie in one basket, which a guest takes to the checkout.
  await goToBasket(page, "Basket, 2 items")
  const basket = page.getByRole("main")
  await expect(basket.getByRole("listitem")).toHaveCount(2)
  await picture(page, "basket")
  await basket.getByRole("link", { name: "Check out" }).click()

  // One screen to say where the shoes go and who one is, one to pay. No account is asked for: a code makes it.
  await expect(heading(page, "Checkout")).toBeVisible()
  await expect(page.getByRole("main").getByText(/Medeu Night Run/)).toBeVisible()
  await page.getByRole("radio", { name: /Delivery/ }).check()
  await page.getByRole("textbox", { name: "Recipient" }).fill("Dana Runner")
  await page.getByRole("textbox", { name: "Phone", exact: true }).fill("+7 701 234 56 78")
  await page.getByRole("textbox", { name: "City" }).fill("Almaty")
  await page.getByRole("textbox", { name: "Postal code" }).fill("050000")
  await page.getByRole("textbox", { name: /^Street/ }).fill("Abay avenue 10, apt. 25")
  const email = `dana.${Date.now()}@example.com`
  await page.getByRole("textbox", { name: "E-mail" }).fill(email)
  await page.getByRole("textbox", { name: "Your name" }).fill("Dana")
  await page.getByRole("button", { name: "Continue" }).click()
  await page.getByRole("textbox", { name: "Code from the mail" }).fill(await mailedCode(email))
  await expect(heading(page, "Payment")).toBeVisible()
  await expect(page.getByRole("timer", { name: "Time left to pay" })).toHaveText(/^1[45]:/)
  await payWith(page, card.pays)
  await expect(page.getByText("Paid. It is yours")).toBeVisible()
  const number = /DX-[0-9A-Z-]+/.exec(page.url())?.[0] ?? ""
  expect(number).toMatch(/^DX-/)

  // The ticket admits: its code is big enough for any reader.
  await page.getByRole("link", { name: "Open my tickets" }).click()
  await expect(heading(page, "My tickets")).toBeVisible()
  await page.getByRole("main").getByRole("link", { name: /Medeu Night Run/ }).click()
  const code = page.getByRole("main").getByRole("img", { name: "QR code of the ticket" })
  await expect(code).toBeVisible()
  const box = await code.boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(240)
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await picture(page, "ticket")

  // Somebody else, the organizer, sees the order and ships the shoes.
  const organizer = await otherPerson(browser, page)
  const desk = organizer.page
  await signIn(desk, "organizer@delux.test")
  await desk.goto("/crm/orders")
  await expect(heading(desk, "Orders")).toBeVisible()
  await desk.getByRole("link", { name: number }).click()
  await expect(heading(desk, new RegExp(number))).toBeVisible()
  await desk.getByRole("textbox", { name: "Tracking number" }).fill("RR123456785KZ")
  await desk.getByRole("button", { name: "Mark as shipped" }).click()
  await expect(desk.getByRole("heading", { name: "On its way" })).toBeVisible()
  await picture(desk, "crm-order")
  expect(organizer.complaints).toEqual([])
  await desk.context().close()

  // And the buyer hears of it.
  await page.goto(`/orders/${number}`)
  await expect(page.getByText("RR123456785KZ")).toBeVisible()
  await expect(page.getByRole("main").getByText("On its way").first()).toBeVisible()
})
