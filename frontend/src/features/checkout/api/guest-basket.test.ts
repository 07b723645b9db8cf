import { act, renderHook } from "@testing-library/react"
import { beforeEach, expect, it } from "vitest"
import { addToGuestBasket, clearGuestBasket, guestBasket, guestCount, setGuestLine, useGuestBasket } from "./guest-basket"

const ticket = { item_type: "ticket", ticket_type_id: 7, quantity: 1 } as const
const shoes = { item_type: "product", variant_id: 7, quantity: 2 } as const

beforeEach(() => clearGuestBasket())

it("adds to a line that is there and keeps a ticket apart from gear of the same number", () => {
  addToGuestBasket(ticket)
  addToGuestBasket(shoes)
  addToGuestBasket(ticket)

  expect(guestBasket()).toEqual([{ ...ticket, quantity: 2 }, shoes])
  expect(guestCount(guestBasket())).toBe(4)
})

it("changes a line in its place and takes it out at zero", () => {
  addToGuestBasket(ticket)
  addToGuestBasket(shoes)

  setGuestLine({ ...ticket, quantity: 5 })
  expect(guestBasket().map((line) => line.quantity)).toEqual([5, 2])

  setGuestLine({ ...ticket, quantity: 0 })
  expect(guestBasket()).toEqual([shoes])
})

it("shows a change made in another tab, and drops what makes no sense in it", () => {
  const { result } = renderHook(useGuestBasket)
  const kept = [shoes, { item_type: "ticket", quantity: 1 }, { ...ticket, quantity: -1 }, "noise"]
  localStorage.setItem("delux.basket", JSON.stringify(kept))

  act(() => void window.dispatchEvent(new StorageEvent("storage", { key: "delux.basket" })))

  expect(result.current).toEqual([shoes])
})

it("starts empty over a broken memory", () => {
  const { result } = renderHook(useGuestBasket)
  localStorage.setItem("delux.basket", "{not json")

  act(() => void window.dispatchEvent(new StorageEvent("storage", { key: "delux.basket" })))

  expect(result.current).toEqual([])
})
