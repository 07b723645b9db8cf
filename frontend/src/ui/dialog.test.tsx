import { Button } from "@mantine/core"
import { screen, waitFor } from "@testing-library/react"
import { useState } from "react"
import { expect, it } from "vitest"
import { render } from "@/testing/render"
import { Dialog } from "./dialog"

function Opener() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Open</Button>
      {isOpen && (
        <Dialog title="Sure" onClose={() => setIsOpen(false)}>
          <input aria-label="Name" data-autofocus />
        </Dialog>
      )}
    </>
  )
}

it("the focus goes into a dialog that opens, and back where it came from when Escape closes it", async () => {
  const { user } = render(<Opener />)
  await user.tab()
  await user.keyboard("{Enter}")
  await waitFor(() => expect(screen.getByLabelText("Name")).toHaveFocus())

  await user.keyboard("{Escape}")

  await waitFor(() => expect(screen.getByText("Open").closest("button")).toHaveFocus())
  expect(screen.queryByLabelText("Name")).toBeNull()
})
