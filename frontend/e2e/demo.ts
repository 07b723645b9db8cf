import type { APIRequestContext, Page } from "@playwright/test"
import { expect, password } from "./support"
import type { Demo } from "./addresses"

type Body = Record<string, unknown>
export type Call = <T = Body>(path: string, body?: Body) => Promise<T>

/** The API as a person: GET without a body, POST with one. Every answer has to be a good one. */
export async function apiOf(request: APIRequestContext, email: string): Promise<Call> {
  let token = ""
  const call: Call = async <T>(path: string, data?: Body) => {
    const response = await request.fetch(`/api/v1/${path}`, {
      method: data ? "POST" : "GET",
      data,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(path === "orders/" && data && { "Idempotency-Key": crypto.randomUUID() }),
        "X-Delux-Client": "web",
      },
    })
    if (!response.ok()) throw new Error(`${response.status()} ${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  token = (await call<{ access: string }>("auth/login/", { email, password })).access
  return call
}

/** A new buyer, signed in on this page's device, and the API as them. */
export async function newBuyer(page: Page): Promise<{ email: string; call: Call }> {
  const email = `buyer.${crypto.randomUUID().slice(0, 8)}@example.com`
  const person = { email, password, first_name: "Dana", market: "KZ", language: "en" }
  const answer = await page.request.post("/api/v1/auth/register/", { data: person, headers: { "X-Delux-Client": "web" } })
  expect(answer.ok(), await answer.text()).toBe(true)
  const call = await apiOf(page.request, email)
  // The cookie is there by now; this is how the site knows that it may ask for a token.
  await page.addInitScript(() => localStorage.setItem("delux.signed-in", "1"))
  return { email, call }
}

/** A kind of ticket of which there are so few, at an event that is on sale. */
export async function scarceTicket(request: APIRequestContext, quantity: number, price = "5000.00"): Promise<{ id: number; name: string; event: string }> {
  const organizer = await apiOf(request, "organizer@delux.test")
  const { results } = await organizer<List>("crm/events/?status=published&ordering=-start_datetime")
  const name = `Last places ${crypto.randomUUID().slice(0, 6)}`
  const day = 24 * 60 * 60 * 1000
  const { id } = await organizer<{ id: number }>(`crm/events/${results[0]?.id}/ticket-types/`, {
    name,
    price,
    quantity_total: quantity,
    sales_start: new Date(Date.now() - day).toISOString(),
    sales_end: new Date(Date.now() + day).toISOString(),
  })
  return { id, name, event: results[0]?.slug ?? "" }
}

interface List {
  results: { id: number; slug: string; order_number: string; status: string; organizer: { slug: string } }[]
}

/** One of each thing, found as the people themselves would; the buyer gets an unpaid order and a basket. */
export async function findDemo(request: APIRequestContext): Promise<Demo> {
  const buyer = await apiOf(request, "buyer@delux.test")
  const organizer = await apiOf(request, "organizer@delux.test")
  const first = async (call: Call, path: string) => {
    const [found] = (await call<List>(path)).results
    if (!found) throw new Error(`No demo data at ${path}`)
    return found
  }

  const event = await first(buyer, "events/?q=Medeu")
  const product = await first(buyer, "products/?q=Tempo&in_stock=true&market=KZ")
  const { variants } = await buyer<{ variants: { id: number; stock_quantity: number }[] }>(`products/${product.slug}/`)
  const variant = variants.toSorted((one, other) => other.stock_quantity - one.stock_quantity)[0]
  const pair = { item_type: "product", variant_id: variant?.id, quantity: 1 }
  await buyer("cart/items/", pair)
  const unpaid = await buyer<{ order_number: string }>("orders/", { delivery_type: "pickup" })
  await buyer("cart/items/", pair)

  const deskEvent = await first(organizer, "crm/events/?q=Medeu")
  const mailings = (await organizer<List>("crm/mailings/")).results
  const draft = await organizer<{ id: number }>(`crm/events/${deskEvent.id}/duplicate/`, {})

  return {
    event: event.slug,
    organizer: event.organizer.slug,
    product: product.slug,
    order: (await buyer<List>("orders/")).results.find((order) => order.status === "paid")?.order_number ?? "",
    unpaidOrder: unpaid.order_number,
    ticket: (await first(buyer, "tickets/")).id,
    deskOrder: (await first(organizer, "crm/orders/?status=open")).id,
    deskEvent: deskEvent.id,
    draftEvent: draft.id,
    deskProduct: (await first(organizer, "crm/products/?q=Tempo")).id,
    customer: (await first(organizer, "crm/customers/")).id,
    mailing: mailings.find(({ status }) => status === "sent")?.id ?? 0,
    draftMailing: mailings.find(({ status }) => status === "draft")?.id ?? 0,
  }
}
