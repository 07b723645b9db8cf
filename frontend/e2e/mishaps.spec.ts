import { newBuyer, scarceTicket, type Call } from "./demo"
import { card, expect, forgive, heading, password, payWith, seen, test } from "./support"

const orders = async (call: Call) => (await call<{ results: { order_number: string }[] }>("orders/")).results.map((order) => order.order_number)

test("a ticket that sells out during checkout is named, and the basket offers a way on", { tag: "@phone" }, async ({ page, complaints, playwright, baseURL }) => {
  const last = await scarceTicket(page.request, 1)
  const slow = await newBuyer(page)
  await slow.call("cart/items/", { item_type: "ticket", ticket_type_id: last.id, quantity: 1 })
  await page.goto("/basket")
  await page.getByRole("main").getByRole("link", { name: "Check out" }).click()
  await expect(heading(page, "Checkout")).toBeVisible()

  // Somebody else is faster.
  const elsewhere = await playwright.request.newContext({ baseURL })
  const person = { email: `fast.${Date.now()}@example.com`, password, first_name: "Aru", market: "KZ", language: "en" }
  const { access } = (await (await elsewhere.post("/api/v1/auth/register/", { data: person })).json()) as { access: string }
  const headers = { Authorization: `Bearer ${access}`, "Idempotency-Key": crypto.randomUUID() }
  const line = { item_type: "ticket", ticket_type_id: last.id, quantity: 1 }
  expect((await elsewhere.post("/api/v1/cart/items/", { data: line, headers })).status()).toBe(201)
  expect((await elsewhere.post("/api/v1/orders/", { data: { delivery_type: "none" }, headers })).status()).toBe(201)
  await elsewhere.dispose()

  await page.getByRole("button", { name: "Go to payment" }).click()
  const refusal = page.getByRole("alert")
  await expect(refusal).toContainText("Sold out")
  await expect(refusal).toContainText("Your basket stays as it is")
  await refusal.getByRole("link", { name: "Back to the basket" }).click()
  await expect(heading(page, "Basket")).toBeVisible()
  await expect(page.getByRole("main").getByText("Sold out").first()).toBeVisible()
  await expect(seen(page.getByRole("link", { name: "Other tickets" }))).toBeVisible()
  await page.getByRole("button", { name: /^Remove/ }).first().click()
  await expect(page.getByText("Your basket is empty")).toBeVisible()

  expect(await orders(slow.call)).toEqual([])
  forgive(complaints, /409/)
})

test("reload, Back and a second click in the middle of checkout come to the same order", { tag: "@phone" }, async ({ page }) => {
  const { id } = await scarceTicket(page.request, 5)
  const { call } = await newBuyer(page)
  await call("cart/items/", { item_type: "ticket", ticket_type_id: id, quantity: 1 })
  await page.goto("/basket")
  await page.getByRole("main").getByRole("link", { name: "Check out" }).click()
  await expect(page.getByRole("button", { name: "Go to payment" })).toBeEnabled()
  await page.reload()
  await expect(heading(page, "Checkout")).toBeVisible()
  await page.getByRole("button", { name: "Go to payment" }).dblclick()
  await expect(heading(page, "Payment")).toBeVisible()
  const order = new URL(page.url()).pathname

  await page.reload()
  await expect(heading(page, "Payment")).toBeVisible()
  await expect(page).toHaveURL(order)

  // Back is the basket, which leads on to what waits to be paid.
  await page.goBack()
  await expect(heading(page, "Basket")).toBeVisible()
  await seen(page.getByRole("main").getByRole("link", { name: /^Pay|waiting|Go to payment/ })).click()
  await expect(page).toHaveURL(order)
  await page.goBack()
  await page.goForward()
  await payWith(page, card.pays)
  await expect(page.getByText("Paid. It is yours")).toBeVisible()

  // The way back from a paid order is not into its payment.
  await page.reload()
  await expect(page.getByRole("button", { name: /^Pay / })).toHaveCount(0)
  expect(await orders(call)).toHaveLength(1)
})

test("a network lost while the order is placed, and while it is paid, makes neither twice", { tag: "@phone" }, async ({ page, context, complaints }) => {
  const { id } = await scarceTicket(page.request, 5)
  const { call } = await newBuyer(page)
  await call("cart/items/", { item_type: "ticket", ticket_type_id: id, quantity: 1 })
  await page.goto("/checkout")
  await expect(page.getByRole("button", { name: "Go to payment" })).toBeEnabled()

  // The server hears the wish, the person never hears the answer: the tab is reloaded.
  let cut = 0
  let isBack = false
  await page.route("**/api/v1/orders/", async (route) => {
    if (isBack || route.request().method() !== "POST") return route.continue()
    if (cut++ === 0) await route.fetch()
    await route.abort("internetdisconnected").catch(() => undefined) // the tab may be gone by now
  })
  await page.getByRole("button", { name: "Go to payment" }).click()
  await expect.poll(() => cut).toBeGreaterThan(1) // it asks again by itself
  page.once("framenavigated", () => (isBack = true)) // once the page that asked is gone
  await page.reload()
  await expect(heading(page, "Payment")).toBeVisible()

  await context.setOffline(true)
  await payWith(page, card.pays)
  await expect(page.getByRole("alert")).toContainText("No connection")
  await context.setOffline(false)
  await page.getByRole("button", { name: /^Pay / }).click()
  await expect(page.getByText("Paid. It is yours")).toBeVisible()

  expect(await orders(call)).toHaveLength(1)
  forgive(complaints, /ERR_INTERNET_DISCONNECTED/)
})
