import { act, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { ApiError, networkError } from "@/api/errors"
import { render } from "@/testing/render"
import { ErrorState } from "./error-state"
import { FormProblem } from "./form"
import { Heading } from "./heading"
import { ListSkeleton } from "./skeleton"

afterEach(() => vi.useRealTimers())

it("shows what failed, the request number and a way to repeat", async () => {
  const retry = vi.fn()
  const { user } = render(<ErrorState error={new ApiError(500, { request_id: "abc123", detail: "Traceback" })} onRetry={retry} />)

  expect(screen.getByRole("alert")).toHaveTextContent("Request abc123")
  expect(screen.getByRole("alert")).not.toHaveTextContent("Traceback")
  await user.click(screen.getByRole("button", { name: "Try again" }))
  expect(retry).toHaveBeenCalledOnce()
})

it.each([
  [networkError(null), "No connection"],
  [new ApiError(429, {}), "Too many attempts"],
  [new ApiError(403, {}), "This is not open to you"],
  [new ApiError(404, {}), "Nothing at this address"],
  [new Error("a bug"), "This did not work"],
])("has its own words for %s", (error, title) => {
  render(<ErrorState error={error} />)
  expect(screen.getByRole("heading", { name: title })).toBeInTheDocument()
})

it("keeps the server's words for a refusal it explains", () => {
  render(<ErrorState error={new ApiError(409, { detail: "Two tickets are left." })} />)
  expect(screen.getByRole("alert")).toHaveTextContent("Two tickets are left.")
})

it.each([
  [{ retry_after: 86_400 }, "Too many attempts. Try again in 24 hours."],
  [{ retry_after: 840 }, "Too many attempts. Try again in 14 minutes."],
  [{ retry_after: 1 }, "Too many attempts. Try again in 1 second."],
  [{}, "Too many attempts. Wait a minute and try again."],
])("says how long to wait after %o", (problem, words) => {
  render(<FormProblem error={new ApiError(429, problem)} />)
  expect(screen.getByRole("alert")).toHaveTextContent(words)
})

it("counts a wait down to its end, and does not read each second aloud", () => {
  vi.useFakeTimers()
  render(<FormProblem error={new ApiError(429, { retry_after: 121 })} />)
  const wait = screen.getByRole("timer")
  expect(wait).toHaveTextContent("Try again in 3 minutes.")

  act(() => vi.advanceTimersByTime(31_000))
  expect(wait).toHaveTextContent("Try again in 90 seconds.")

  act(() => vi.advanceTimersByTime(90_000))
  expect(wait).toHaveTextContent("You can try again now.")
})

it("holds the room at once and shows grey only when waiting lasts", () => {
  vi.useFakeTimers()
  const { container } = render(<ListSkeleton rows={1} height={80} />)
  const block = container.querySelector("[data-visible]")
  expect(block).toHaveStyle({ height: "80px" })
  expect(block).toHaveAttribute("data-visible", "false")

  act(() => vi.advanceTimersByTime(150))

  expect(block).toHaveAttribute("data-visible", "true")
})

it("sets a heading with Kazakh letters whole in the face that has them", () => {
  render(
    <>
      <Heading level={1}>Жарыс Көктөбеде</Heading>
      <Heading level={2}>Забег</Heading>
    </>,
  )
  expect(screen.getByRole("heading", { level: 1 })).toHaveAttribute("data-face", "full")
  expect(screen.getByRole("heading", { level: 2 })).not.toHaveAttribute("data-face")
})
