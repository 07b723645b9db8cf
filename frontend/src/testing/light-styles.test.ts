import { screen } from "@testing-library/react"
import { afterEach, expect, it } from "vitest"

afterEach(() => document.body.replaceChildren())

it("hides what the page hides: by attribute, by style, with an ancestor, in a closed dialog", () => {
  document.body.innerHTML = `
    <button>Shown</button>
    <button hidden>By attribute</button>
    <button style="display: none">By style</button>
    <div style="visibility: hidden"><button>With its ancestor</button></div>
    <dialog><button>In a closed dialog</button></dialog>`

  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Shown"])
  expect(screen.getByText("Shown")).toBeVisible()
  for (const text of ["By attribute", "By style", "With its ancestor", "In a closed dialog"])
    expect(screen.getByText(text)).not.toBeVisible()
})

it("reads blocks as words of their own and inline pieces as one", () => {
  document.body.innerHTML = `<a href="/"><div>Apple</div><div>Run</div></a><a href="/">Del<b>ux</b></a>`

  expect(screen.getByRole("link", { name: "Apple Run" })).toBeVisible()
  expect(screen.getByRole("link", { name: "Delux" })).toBeVisible()
})
