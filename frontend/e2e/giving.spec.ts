import { newBuyer, scarceTicket } from "./demo"
import { expect, heading, mailedCode, otherPerson, test } from "./support"

test("a ticket is given on: who gets it signs in with that e-mail and takes it, and the giver has it no more", async ({ browser, page }) => {
  const kind = await scarceTicket(page.request, 1, "0.00")
  const giver = await newBuyer(page)
  await giver.call("cart/items/", { item_type: "ticket", ticket_type_id: kind.id, quantity: 1 })
  await giver.call("orders/", { delivery_type: "none" })
  const { results } = await giver.call<{ results: { id: number }[] }>("tickets/")
  await page.goto(`/tickets/${results[0]?.id}`)
  await expect(page.getByRole("img", { name: "QR code of the ticket" })).toBeVisible()

  const email = `friend.${crypto.randomUUID().slice(0, 8)}@example.com`
  await page.getByRole("button", { name: "Give to somebody" }).click()
  await page.getByRole("dialog").getByRole("textbox", { name: "Their e-mail" }).fill(email)
  await page.getByRole("dialog").getByRole("button", { name: "Give the ticket" }).click()
  await expect(page.getByText(`Offered to ${email}`)).toBeVisible()

  // Who has never been here needs no more than the code from a mail.
  const friend = await otherPerson(browser, page)
  const theirs = friend.page
  await theirs.goto("/sign-in?next=/tickets")
  await theirs.getByRole("button", { name: "Use a code" }).click()
  await theirs.getByRole("textbox", { name: "E-mail" }).fill(email)
  await theirs.getByRole("button", { name: "Send me a code" }).click()
  await theirs.getByRole("textbox", { name: "Code from the mail" }).fill(await mailedCode(email))
  await expect(heading(theirs, "My tickets")).toBeVisible()
  await expect(theirs.getByText("Dana gives you a ticket")).toBeVisible()
  await theirs.getByRole("button", { name: "Take it" }).click()
  await theirs.getByRole("textbox", { name: "Name" }).fill("Bolat Serik")
  await theirs.getByRole("button", { name: "The ticket is mine" }).click()
  await expect(theirs.getByRole("img", { name: "QR code of the ticket" })).toBeVisible()
  await expect(theirs.getByRole("main").getByText("Bolat Serik")).toBeVisible()
  expect(friend.complaints).toEqual([])
  await theirs.context().close()

  await page.goto("/tickets")
  await expect(page.getByText("No tickets for coming events")).toBeVisible()
})
