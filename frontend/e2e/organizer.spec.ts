import { rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type APIRequestContext, type Page } from "@playwright/test"
import { card, expect, heading, listen, password, press, reach, signIn, test } from "./support"

const buyers = "buyer@delux.test"

test("an organizer makes an event, publishes it, sees who bought, lets one in and refunds the other", async ({ baseURL, page, playwright }) => {
  const title = `Dawn mile ${Date.now()}`
  // The pictures of the editor's map are another company's.
  await page.route("https://tile.openstreetmap.org/**", (route) => route.fulfill({ contentType: "image/png", body: TILE }))
  await signIn(page, "organizer@delux.test")

  // Four answers make a draft.
  await page.goto("/crm/events/new")
  await page.getByRole("textbox", { name: "Title" }).fill(title)
  const sport = page.getByRole("combobox", { name: "Sport" })
  await expect(sport.locator("option")).not.toHaveCount(1)
  await sport.selectOption({ index: 1 })
  await page.getByLabel("Starts").fill(`${daysAhead(30)}T06:00`)
  await page.getByLabel("Ends", { exact: true }).fill(`${daysAhead(30)}T08:00`)
  await page.getByRole("button", { name: "Create the draft" }).click()
  await expect(heading(page, "Edit event")).toBeVisible()

  // The rest, then it is published.
  await page.getByRole("textbox", { name: "City" }).fill("Almaty")
  await page.getByRole("textbox", { name: "Address" }).fill("Central stadium, gate 2")
  await page.getByRole("textbox", { name: "Description" }).fill("One mile before the city wakes up.")
  await page.getByRole("button", { name: "Save the draft" }).click()
  await expect(page.getByText("Saved: texts, times and place")).toBeVisible()
  await page.getByRole("button", { name: "Add a ticket" }).click()
  const form = page.getByRole("dialog", { name: "New ticket" })
  await form.getByRole("textbox", { name: "Name" }).fill("Mile")
  await form.getByRole("textbox", { name: /^Price/ }).fill("5000")
  await form.getByRole("textbox", { name: "How many" }).fill("50")
  await form.getByRole("button", { name: "Add the ticket" }).click()
  await expect(form).toBeHidden()
  await page.getByRole("button", { name: "Publish the event" }).click()
  await expect(page.getByText("The event is published")).toBeVisible()

  // Somebody buys two tickets.
  const api = await playwright.request.newContext({ baseURL })
  const eventId = /events\/(\d+)/.exec(page.url())?.[1] ?? ""
  const { number, codes } = await buyTwo(api, title)
  await api.dispose()

  // The organizer finds the order and lets one of them in, by the keyboard.
  await page.goto(`/crm/events/${eventId}/attendees`)
  await expect(page.getByText(/^2 tickets ·/)).toBeVisible()
  await page.goto(`/crm/check-in?event=${eventId}`)
  await expect(page.getByText("0 of 2 are inside")).toBeVisible()
  await reach(page, page.getByRole("textbox", { name: "Ticket code" }))
  await page.keyboard.type(codes[0] ?? "")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog", { name: "Let them in" })).toContainText(title)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog")).toBeHidden()
  await expect(page.getByText("1 of 2 are inside")).toBeVisible()

  // One of the two goes back, by the keyboard alone.
  await page.goto(`/crm/orders/${number}`)
  await press(page, page.getByRole("button", { name: "Refund…" }))
  const refund = page.getByRole("dialog", { name: /^Refund of order/ })
  await press(page, refund.getByRole("button", { name: "One less" }))
  await press(page, refund.getByRole("button", { name: "Refund ₸5,000" }))
  await expect(page.getByText(/went back to the buyer|is on its way to the buyer/)).toBeVisible()
  await expect(page.getByRole("main").getByText("1 refunded")).toBeVisible()
})

test("the camera reads a ticket and the door says yes, once", async ({ baseURL, page, playwright }) => {
  const film = join(tmpdir(), `ticket-${Date.now()}.y4m`)
  const api = await playwright.request.newContext({ baseURL })
  const image = await qrOfTicket(api)
  await api.dispose()
  writeFileSync(film, await filmed(page, image))
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  try {
    const context = await browser.newContext({ baseURL, viewport: page.viewportSize(), locale: "en-US" })
    const door = await context.newPage()
    const complaints = listen(door)
    await signIn(door, "organizer@delux.test")
    await door.goto("/crm/check-in")
    await door.getByRole("button", { name: "Scan with the camera" }).click()
    await expect(door.getByRole("dialog", { name: "Let them in" })).toBeVisible()
    await door.keyboard.press("Enter")
    // It is still held to the camera: nobody is asked twice.
    await expect(door.getByText("Hold the QR code inside the frame.")).toBeVisible()
    await door.waitForTimeout(1500)
    await expect(door.getByRole("dialog")).toBeHidden()
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
    rmSync(film)
  }
})

const TILE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")

const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function asBuyer(api: APIRequestContext) {
  const { access } = await (await api.post("/api/v1/auth/login/", { data: { email: buyers, password } })).json()
  const headers = { Authorization: `Bearer ${access}` }
  return {
    async get(path: string) {
      const answer = await api.get(path, { headers })
      expect(answer.ok(), path).toBe(true)
      return answer.json()
    },
    async post(path: string, data: object) {
      const answer = await api.post(path, { data, headers: { ...headers, "Idempotency-Key": `${path}${Date.now()}` } })
      expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true)
      return answer.json()
    },
    clear: () => api.delete("/api/v1/cart/", { headers }),
  }
}

async function buyTwo(api: APIRequestContext, title: string): Promise<{ number: string; codes: string[] }> {
  const buyer = await asBuyer(api)
  const [event] = (await buyer.get(`/api/v1/events/?q=${encodeURIComponent(title)}`)).results
  const [kind] = (await buyer.get(`/api/v1/events/${event.slug}/tickets/`)).ticket_types
  await buyer.clear()
  await buyer.post("/api/v1/cart/items/", { item_type: "ticket", ticket_type_id: kind.id, quantity: 2 })
  const order = await buyer.post("/api/v1/orders/", {})
  await buyer.post("/api/v1/payments/mock/charge/", { order_id: order.order_number, card_number: card.pays, exp_month: 12, exp_year: 2034, cvc: "123" })
  const tickets = (await buyer.get("/api/v1/tickets/")).results.filter((ticket: { event: { title: string } }) => ticket.event.title === title)
  return { number: order.order_number, codes: tickets.map(({ code }: { code: string }) => code) }
}

/** The QR code of a ticket of the demo data that has not been used. */
async function qrOfTicket(api: APIRequestContext): Promise<string> {
  const buyer = await asBuyer(api)
  const good = (await buyer.get("/api/v1/tickets/")).results.find(({ status }: { status: string }) => status === "paid")
  return (await buyer.get(`/api/v1/tickets/${good.id}/`)).qr_image
}

/** A film for the camera: a picture held still in the middle of a grey room. */
async function filmed(page: Page, image: string): Promise<Buffer> {
  const [width, height] = [640, 480]
  const grey = await page.evaluate(
    async ({ image, width, height }) => {
      const picture = new Image()
      picture.src = image
      await picture.decode()
      const canvas = new OffscreenCanvas(width, height)
      const brush = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D
      brush.fillStyle = "#999"
      brush.fillRect(0, 0, width, height)
      brush.imageSmoothingEnabled = false
      brush.drawImage(picture, (width - 400) / 2, (height - 400) / 2, 400, 400)
      return [...brush.getImageData(0, 0, width, height).data].filter((_, index) => index % 4 === 0)
    },
    { image, width, height },
  )
  const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(grey), Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array<Buffer>(10).fill(frame)])
}
