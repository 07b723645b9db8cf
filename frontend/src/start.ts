import "@/ui/theme/styles"
import "@/app/first-view-styles"

/** Ends this task, so that the browser may draw or answer a finger in between. */
const room = () => new Promise((resolve) => setTimeout(resolve))

/** How long the picture that people came for goes before the application's files, in milliseconds. */
const PATIENCE = 500

/** Resolves when what the server drew has been seen; a tab in the background paints nothing, and is not waited for. */
async function seen(): Promise<void> {
  if (document.visibilityState === "hidden") return
  const picture = document.querySelector<HTMLImageElement>("#root img[fetchpriority=high]")
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE))
  if (picture && !picture.complete) await Promise.race([new Promise((done) => picture.addEventListener("load", done)), late])
  await Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), late])
}

/**
 * Ask for all files the page needs, which only the server knows, instead of for one after the other. A few at a time:
 * asking for one takes half a millisecond here, and a phone is slower.
 */
async function fetchFiles(): Promise<void> {
  const files = document.getElementById("first-files")
  if (!files) return
  const { styles, modules } = JSON.parse(files.textContent ?? "") as Record<"styles" | "modules", string[]>
  const links = [
    ...styles.map((href) => ({ rel: "preload", as: "style", href })),
    ...modules.map((href) => ({ rel: "modulepreload", href })),
  ]
  for (const [place, attributes] of links.entries()) {
    if (place % 8 === 7) await room()
    document.head.append(link(attributes))
  }
}

function link(attributes: Partial<HTMLLinkElement>): HTMLLinkElement {
  return Object.assign(document.createElement("link"), { crossOrigin: "", ...attributes })
}

/** Who has been here has the fonts: they need not wait, and pages do not change their face each time. */
const hasFonts = "delux.fonts"

async function fetchFonts(): Promise<void> {
  await import("@/ui/theme/web-fonts")
  try {
    localStorage.setItem(hasFonts, "1")
  } catch {
    // Without storage they come a moment later each time.
  }
}

function isBack(): boolean {
  try {
    return localStorage.getItem(hasFonts) !== null
  } catch {
    return false
  }
}

async function start(): Promise<void> {
  if (isBack()) void fetchFonts()
  await seen()
  await fetchFiles()
  if (!isBack()) void fetchFonts()
  // The largest parts run one by one, with room between them for a finger.
  await import("react-dom/client")
  await room()
  await import("@/app/router")
  await room()
  await import("./main")
}

// Not awaited: the application's files import this one.
void start()
