import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect as baseExpect, test as base, type Browser, type Locator, type Page } from "@playwright/test"

/** Patient: a busy machine takes its time, and a person would wait as long. */
export const expect = baseExpect.configure({ timeout: 20_000 })

export const card = { pays: "4111 1111 1111 1111", declined: "4000 0000 0000 0002", pending: "4000 0000 0000 3220" }
export const password = "delux-demo-2026"

/** Every page of these tests fails its test when the browser complains of anything. */
export const test = base.extend<{ complaints: string[] }>({
  // Each test comes from an address of its own, as people do: only so many may register from one.
  extraHTTPHeaders: async ({ extraHTTPHeaders }, provide, { testId }) => {
    const [a, b, c] = createHash("sha256").update(testId).digest()
    await provide({ ...extraHTTPHeaders, "X-Forwarded-For": `10.${a}.${b}.${c}` })
  },
  complaints: [
    async ({ page }, use) => {
      const complaints = listen(page)
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`)
  })
  page.on("pageerror", (error) => complaints.push(`page: ${error.message}`))
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? ""
    // A page that is left drops what it was still asking for.
    if (why !== "net::ERR_ABORTED") complaints.push(`${why}: ${request.url()}`)
  })
  return complaints
}

/** Take out what the fault itself makes the browser say; anything else still fails the test. */
export function forgive(complaints: string[], fault: RegExp): void {
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !fault.test(complaint)))
}

/** A page of somebody else, at the same width, on a device of their own. */
export async function otherPerson(browser: Browser, like: Page): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: like.viewportSize(), locale: "en-US", timezoneId: "Asia/Almaty" })
  const page = await context.newPage()
  return { page, complaints: listen(page) }
}

/** The one that can be seen: the same link stands in the bar of a phone and of a desktop. */
export function seen(locator: Locator): Locator {
  return locator.filter({ visible: true }).first()
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name })

export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in")
  await page.getByRole("textbox", { name: "E-mail" }).fill(email)
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** A new account, through the form of the page in sight. */
export async function signUp(page: Page): Promise<void> {
  await expect(heading(page, "Create account")).toBeVisible()
  await page.getByRole("textbox", { name: "First name" }).fill("Dana")
  await page.getByRole("textbox", { name: "E-mail" }).fill(`dana.${Date.now()}@example.com`)
  await page.getByRole("textbox", { name: "Password" }).fill("early-morning-run")
  await page.getByRole("combobox", { name: "Country" }).selectOption("KZ")
  await page.getByRole("main").getByRole("button", { name: "Create account" }).click()
}

/** The code last mailed to somebody. Mails go to MAIL_FOLDER, those of one moment to one file; only the product under test does that. */
export async function mailedCode(email: string): Promise<string> {
  const folder = process.env.MAIL_FOLDER ?? ""
  let code = ""
  await expect
    .poll(
      () => {
        const mails = existsSync(folder)
          ? readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").split(/^-{79}$/m))
          : []
        for (const mail of mails) {
          const found = /^Subject: (\d{6}) is your Delux code$/m.exec(mail)?.[1]
          if (found && mail.includes(`To: ${email}`)) code = found
        }
        return code
      },
      { timeout: 40_000 },
    )
    .toMatch(/^\d{6}$/)
  return code
}

/** The last SMS to a number with such words. They go to SMS_FOLDER, a file each: the number, then the text. */
export async function sms(phone: string, words: RegExp): Promise<string> {
  const folder = process.env.SMS_FOLDER ?? ""
  let found = ""
  await expect
    .poll(
      () => {
        const texts = existsSync(folder)
          ? readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
          : []
        for (const text of texts) if (text.startsWith(`${phone}\n`) && words.test(text)) found = text
        return found
      },
      { timeout: 40_000 },
    )
    .toMatch(words)
  return words.exec(found)?.[1] ?? ""
}

export async function chooseRaceTicket(page: Page): Promise<void> {
  await seen(page.getByRole("link", { name: "Events" })).click()
  await expect(heading(page, "Events")).toBeVisible()
  await seen(page.getByRole("link", { name: /Medeu Night Run/ })).click()
  await expect(heading(page, /Medeu Night Run/)).toBeVisible()
  const kind = page.getByRole("group", { name: /^How many “10 км” tickets/ })
  await kind.getByRole("button", { name: "One more" }).click()
  await page.getByRole("button", { name: /^Add to basket/ }).click()
  await expect(page.getByRole("dialog", { name: "Basket" }).getByText("1 ticket is in your basket")).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toBeHidden()
}

/** To the basket's own page, by way of the sheet. */
export async function goToBasket(page: Page, name: string): Promise<void> {
  await seen(page.getByRole("button", { name })).click()
  await page.getByRole("dialog", { name: "Basket" }).getByRole("link", { name: "Open basket" }).click()
  await expect(heading(page, "Basket")).toBeVisible()
}

export async function payWith(page: Page, number: string): Promise<void> {
  await page.getByRole("textbox", { name: "Card number" }).fill(number)
  await page.getByRole("textbox", { name: "Valid until" }).fill("1230")
  await page.getByRole("textbox", { name: "Security code" }).fill("123")
  await page.getByRole("button", { name: /^Pay / }).click()
}

/** Pictures for the README, when they are asked for: PICTURES=1, at desktop width. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES || (page.viewportSize()?.width ?? 0) < 1000) return
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.mouse.move(0, 0)
  // The server's picture of a first view has no controls in its bar yet.
  await expect(page.getByRole("button", { name: "Language, country and theme" })).toBeVisible()
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0)
  // Lazily loaded pictures come into sight first, then the shutter.
  await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === "lazy"))
  await page.screenshot({ path: `../docs/pictures/${name}.png` })
}

/** Press a control as somebody without a mouse does. */
export async function press(page: Page, control: Locator): Promise<void> {
  await reach(page, control)
  await page.keyboard.press("Enter")
}

/** Go on with Tab until the control has the focus; then it has to be in sight and marked. */
export async function reach(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  await expect(control).toBeEnabled()
  for (let steps = 0; steps < 120; steps++) {
    await page.keyboard.press("Tab")
    if (await control.evaluate((element) => element === document.activeElement)) {
      expect(await control.evaluate(isMarked), `the focus on ${String(control)} can be seen`).toBe(true)
      await expect(control).toBeInViewport()
      return
    }
  }
  throw new Error(`Tab does not lead to ${String(control)}`)
}

/** Whether an element shows a ring of its own. */
function isMarked(element: Element): boolean {
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
}
