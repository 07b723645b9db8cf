import { screen } from "@testing-library/react"
import { afterEach, expect, it } from "vitest"
import { jsdomStyles, lightStyles } from "./light-styles"

const kind = ({ display }: CSSStyleDeclaration) => (display === "none" || display === "inline" ? display : "box")

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

it("says of every element whether it is shown and whether it stands in a line, as jsdom does", () => {
  const tags =
    "a area article aside audio b blockquote body br button canvas code datalist dd details dialog div dl dt em fieldset figure footer form " +
    "h1 h2 h6 header hr i iframe img input label legend li main menu meter nav ol optgroup option p picture pre progress rp script " +
    "section select small span strong style sub summary sup svg table tbody td template textarea tfoot th thead time tr ul video"
  const elements = [...tags.split(" ").map((tag) => document.createElement(tag)), Object.assign(document.createElement("input"), { type: "hidden" })]
  document.body.append(...elements)

  const differ = elements.filter((each) => kind(lightStyles(each)) !== kind(jsdomStyles(each)))
  expect(differ.map((each) => `${each.outerHTML}: ${jsdomStyles(each).display}`)).toEqual([])
})
