import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, it } from "vitest"
import { endSession } from "@/api/session"
import { closeBasket } from "@/features/checkout/api/basket-sheet"
import { addToGuestBasket, clearGuestBasket, guestBasket } from "@/features/checkout/api/guest-basket"
import { renderRoute } from "@/testing/render"
import { server } from "@/testing/server"

const organizer = { id: 1, slug: "tau", display_name: "Tau Runners" }
const line = {
  id: null,
  item_type: "ticket",
  ticket_type_id: 7,
  variant_id: null,
  title: "Medeu Night Run",
  slug: "medeu-night-run",
  options: { ticket_type: "10 km", size: "", colour: "", starts_at: null, timezone: "Asia/Almaty", city: "Almaty" },
  image: null,
  organizer,
  quantity: 2,
  max_quantity: 10,
  unit_price: "5000.00",
  seen_price: "5000.00",
  line_total: "10000.00",
  price_changed: false,
  problem: null,
  problem_detail: null,
}

beforeEach(() => {
  endSession()
  clearGuestBasket()
  closeBasket()
  server.use(
    http.post("*/api/v1/cart/quote/", () =>
      HttpResponse.json({
        lines: [line],
        changes: [],
        item_count: 2,
        subtotal: "10000.00",
        currency: "KZT",
        needs_delivery: false,
        shipping_options: [],
        can_order: true,
      }),
    ),
  )
})

async function openWithTwoTickets() {
  addToGuestBasket({ item_type: "ticket", ticket_type_id: 7, quantity: 2, seen_price: "5000.00" })
  const page = renderRoute("/no/such/page")
  const openers = await screen.findAllByRole("button", { name: "Basket, 2 items" })
  await page.user.click(openers[0] as HTMLElement)
  const sheet = await screen.findByRole("dialog", { name: "Basket" })
  return { ...page, sheet: within(sheet) }
}

it("shows the basket over the page, with its total and both ways on", async () => {
  const { sheet } = await openWithTwoTickets()

  expect(await sheet.findByRole("link", { name: "Medeu Night Run" })).toBeInTheDocument()
  expect(sheet.getAllByText("₸10,000").length).toBeGreaterThan(0)
  expect(sheet.getByRole("link", { name: "Open basket" })).toHaveAttribute("href", "/basket")
  expect(sheet.getByRole("link", { name: "Check out" })).toHaveAttribute("href", "/checkout")
})

it("gives back what was taken out by mistake", async () => {
  const { sheet, user } = await openWithTwoTickets()

  await user.click(await sheet.findByRole("button", { name: /^Remove/ }))
  expect(guestBasket()).toEqual([])
  expect(sheet.getByText("Medeu Night Run is out of the basket")).toBeInTheDocument()

  await user.click(sheet.getByRole("button", { name: "Put it back" }))
  await waitFor(() => expect(guestBasket()).toMatchObject([{ ticket_type_id: 7, quantity: 2, seen_price: "5000.00" }]))
  expect(sheet.queryByText("Medeu Night Run is out of the basket")).not.toBeInTheDocument()
})

it("goes away when a link in it is followed", async () => {
  const { sheet, user, router } = await openWithTwoTickets()

  await user.click(await sheet.findByRole("link", { name: "Open basket" }))

  await waitFor(() => expect(router.state.location.pathname).toBe("/basket"))
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument()
})
