import { screen, waitFor } from "@testing-library/react"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { ApiError } from "@/api/errors"
import { render } from "@/testing/render"
import { cutSize } from "./crop"
import { PictureField, type Sending } from "./picture-field"

// jsdom draws nothing, so the dialog's outcome stands in for the dialog.
vi.mock("./crop-dialog", () => ({
  CropDialog: ({ onDone, onFailed }: { onDone: (picture: Blob) => void; onFailed: () => void }) => (
    <>
      <button onClick={() => onDone(new Blob(["cut"]))}>use</button>
      <button onClick={onFailed}>broken</button>
    </>
  ),
}))

const photo = new File(["pixels"], "run.jpg", { type: "image/jpeg" })

beforeEach(() => {
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:one", revokeObjectURL: () => undefined }))
})

function draw(onUpload: (picture: Blob, sending: Sending) => Promise<unknown>) {
  return render(<PictureField label="Cover" image={null} ratio={16 / 9} onUpload={onUpload} />)
}

describe("PictureField", () => {
  it("shows how far the upload is, and is ready again when it is done", async () => {
    const answers = new EventTarget()
    const { user } = draw((_, { onProgress }) => {
      onProgress(0.4)
      return new Promise((resolve) => answers.addEventListener("answer", resolve))
    })
    await user.upload(screen.getByLabelText("Cover", { selector: "input" }), photo)
    await user.click(await screen.findByRole("button", { name: "use" }))
    expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "40")
    answers.dispatchEvent(new Event("answer"))
    expect(await screen.findByRole("button", { name: "Choose a picture" })).toBeEnabled()
  })

  it("says what the server refused and sends the same cut again when asked", async () => {
    const send = vi
      .fn<(picture: Blob) => Promise<unknown>>()
      .mockRejectedValueOnce(new ApiError(400, { detail: "Over 40 megapixels" }))
      .mockResolvedValueOnce({})
    const { user } = draw(send)
    await user.upload(screen.getByLabelText("Cover", { selector: "input" }), photo)
    await user.click(await screen.findByRole("button", { name: "use" }))
    expect(await screen.findByText("Over 40 megapixels")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Try again" }))
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull())
    expect(send.mock.calls[1]?.[0]).toBe(send.mock.calls[0]?.[0])
  })

  it("stops an upload without calling that an error", async () => {
    const { user } = draw(
      (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")))
        }),
    )
    await user.upload(screen.getByLabelText("Cover", { selector: "input" }), photo)
    await user.click(await screen.findByRole("button", { name: "use" }))
    await user.click(await screen.findByRole("button", { name: "Cancel" }))
    expect(await screen.findByRole("button", { name: "Choose a picture" })).toBeVisible()
    expect(screen.queryByRole("alert")).toBeNull()
  })

  it("says so when the file is not a picture it can read", async () => {
    const send = vi.fn<() => Promise<unknown>>()
    const { user } = draw(send)
    await user.upload(screen.getByLabelText("Cover", { selector: "input" }), photo)
    await user.click(await screen.findByRole("button", { name: "broken" }))
    expect(screen.getByRole("alert")).toHaveTextContent("could not be read")
    expect(send).not.toHaveBeenCalled()
  })
})

describe("cutSize", () => {
  it("never enlarges and never goes over the width that is any use", () => {
    expect(cutSize({ x: 0, y: 0, width: 800, height: 450 }, 2000)).toEqual({ width: 800, height: 450 })
    expect(cutSize({ x: 10, y: 10, width: 4000, height: 2250 }, 2000)).toEqual({ width: 2000, height: 1125 })
  })
})
