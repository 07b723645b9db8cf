/**
 * What tests ask of an element's styles, without jsdom's way of matching every rule of every sheet each time: a third
 * of all their time. No sheet is loaded in tests, so what counts is the browser's own and the style attribute.
 */

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 " +
    "H5 H6 HEADER HR HTML LEGEND LI MAIN MENU NAV OL P PRE SEARCH SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
)
// A space goes between them and their neighbours in a name, as between blocks.
const BOXES = new Set(["BUTTON", "INPUT"])
const NEVER_SHOWN = new Set("AREA BASE DATALIST HEAD LINK META PARAM RP SCRIPT STYLE TEMPLATE TITLE".split(" "))

function displayOf(element: Element, own: CSSStyleDeclaration | undefined): string {
  if (own?.display) return own.display
  if (NEVER_SHOWN.has(element.tagName) || element.hasAttribute("hidden")) return "none"
  if (element.tagName === "DIALOG" && !element.hasAttribute("open")) return "none"
  if (element.tagName === "INPUT" && element.getAttribute("type") === "hidden") return "none"
  if (BLOCKS.has(element.tagName)) return "block"
  return BOXES.has(element.tagName) ? "inline-block" : "inline"
}

function inherited(element: Element, property: "visibility" | "pointerEvents", otherwise: string): string {
  for (let each: Element | null = element; each; each = each.parentElement) {
    const own = (each as HTMLElement).style?.[property]
    if (own && own !== "inherit") return own
  }
  return otherwise
}

/** The slow one, which the light one is held against. */
export const jsdomStyles = window.getComputedStyle.bind(window)

export function lightStyles(element: Element): CSSStyleDeclaration {
  const own = (element as HTMLElement).style as CSSStyleDeclaration | undefined
  const read = (name: string | symbol): unknown => {
    if (name === "display") return displayOf(element, own)
    if (name === "visibility") return inherited(element, "visibility", "visible")
    if (name === "pointerEvents" || name === "pointer-events") return inherited(element, "pointerEvents", "auto")
    if (name === "opacity") return own?.opacity || "1"
    if (name === "getPropertyValue") return (property: string) => read(property) ?? ""
    const value: unknown = own ? Reflect.get(own, name) : ""
    return typeof value === "function" ? value.bind(own) : value
  }
  return new Proxy({} as CSSStyleDeclaration, { get: (_, name) => read(name) })
}
