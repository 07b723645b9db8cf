import { screen } from "@testing-library/react"
import { expect, it, vi } from "vitest"
import { render } from "@/testing/render"
import { QuantityStepper } from "./quantity-stepper"

it("steps by one and stops at both ends", async () => {
  const onChange = vi.fn()
  const { user, rerender } = render(<QuantityStepper value={1} max={2} onChange={onChange} />)
  expect(screen.getByRole("button", { name: "One less" })).toBeDisabled()

  await user.click(screen.getByRole("button", { name: "One more" }))
  expect(onChange).toHaveBeenLastCalledWith(2)

  rerender(<QuantityStepper value={2} max={2} onChange={onChange} />)
  expect(screen.getByRole("button", { name: "One more" })).toBeDisabled()
})

it.each([
  ["7", 7],
  ["500", 10],
  ["0", 1],
])("takes a typed %s as %i", async (typed, settled) => {
  const onChange = vi.fn()
  const { user } = render(<QuantityStepper value={3} max={10} onChange={onChange} label="Adult" />)
  const input = screen.getByRole("textbox", { name: "Adult" })

  await user.clear(input)
  await user.type(input, `${typed}{Enter}`)

  expect(onChange).toHaveBeenCalledExactlyOnceWith(settled)
})

it("returns to the old number when nothing was typed", async () => {
  const onChange = vi.fn()
  const { user } = render(<QuantityStepper value={3} onChange={onChange} />)
  const input = screen.getByRole("textbox")

  await user.clear(input)
  await user.tab()

  expect(input).toHaveValue("3")
  expect(onChange).not.toHaveBeenCalled()
})
