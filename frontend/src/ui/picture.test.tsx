import { fireEvent, screen } from "@testing-library/react"
import { expect, it } from "vitest"
import { render } from "@/testing/render"
import { Picture } from "./picture"

const image = { src: "/media/a.webp", srcset: "/media/a-400.webp 400w", srcset_avif: "/media/a-400.avif 400w", width: 1200, height: 675 }

it("offers the lighter format first and waits until the picture comes near", () => {
  const { container } = render(<Picture image={image} alt="Runners at dawn" ratio="16 / 9" sizes="380px" />)

  expect(container.querySelector("source")).toHaveAttribute("srcset", image.srcset_avif)
  expect(screen.getByRole("img", { name: "Runners at dawn" })).toHaveAttribute("loading", "lazy")
})

it("keeps its frame when there is no picture or it fails", () => {
  const { container } = render(<Picture image={image} alt="Runners" ratio="4 / 5" />)
  const frame = container.querySelector("[style]")

  fireEvent.error(screen.getByRole("img"))

  expect(screen.queryByRole("img")).not.toBeInTheDocument()
  expect(frame).toHaveStyle({ aspectRatio: "4 / 5" })
})
