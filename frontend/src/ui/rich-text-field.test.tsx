import { screen, waitFor } from "@testing-library/react"
import { describe, expect, it, vi } from "vitest"
import { render } from "@/testing/render"
import { RichTextField } from "./rich-text-field"

describe("RichTextField", () => {
  it("writes the marks the API keeps, and nothing of what it drops", async () => {
    const onChange = vi.fn<(html: string) => void>()
    const { user } = render(
      <RichTextField label="About" value='<h2>Big</h2><p><u>under</u> <strong>bold</strong></p><script>x</script>' onChange={onChange} />,
    )
    await user.click(await screen.findByRole("button", { name: "List" }))
    await waitFor(() => expect(onChange).toHaveBeenCalled())
    const html = onChange.mock.calls.at(-1)?.[0] ?? ""
    expect(html).toContain("<ul><li>")
    expect(html).toContain("<strong>bold</strong>")
    expect(html).not.toMatch(/<h2|<u>|script/)
  })

  it("refuses a link that leads nowhere and keeps a good one without the attributes of its own", async () => {
    const onChange = vi.fn<(html: string) => void>()
    const { user } = render(<RichTextField label="About" value="" onChange={onChange} />)
    await user.click(await screen.findByRole("button", { name: "Link" }))
    const address = screen.getByLabelText("Link address")
    await user.clear(address)
    await user.type(address, "javascript:alert(1){Enter}")
    expect(screen.getByText("An address begins with https://")).toBeVisible()
    await user.clear(address)
    await user.type(address, "https://delux.example/run{Enter}")
    await waitFor(() => expect(onChange).toHaveBeenCalled())
    expect(onChange.mock.calls.at(-1)?.[0]).toBe('<p><a href="https://delux.example/run">https://delux.example/run</a></p>')
  })

  it("names the text box and ties its mistake to it", async () => {
    render(<RichTextField label="About" value="" error="Describe it" onChange={() => undefined} />)
    const box = await screen.findByRole("textbox", { name: "About" })
    expect(box).toHaveAccessibleDescription("Describe it")
  })
})
