import "@/ui/theme/styles"
import "@/app/first-view-styles"

/** Ends this task, so that the browser may draw or answer a finger in between. */
const room = () => new Promise((resolve) => setTimeout(resolve))

/** How long the application waits for the first view to be seen, at most, in milliseconds. */
const PATIENCE = 1000

/**
 * Resolves when what the server drew is on the screen, with its picture where it has one. A frame that was made may
 * still wait to be shown on a slow device, so the browser's own word is taken. Nothing drawn is not waited for.
 */
async function seen(): Promise<void> {
  const drawn = document.querySelector<HTMLElement>("#root > [data-painted]")
  if (!drawn?.getClientRects().length || document.visibilityState === "hidden") return
  const picture = drawn.querySelector("img[fetchpriority=high]")
  const isTold = PerformanceObserver.supportedEntryTypes.includes("largest-contentful-paint")
  await Promise.race([
    picture && isTold ? shown("largest-contentful-paint", picture) : shown("paint"),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ])
}

function shown(type: "paint" | "largest-contentful-paint", element?: Element): Promise<void> {
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      const entries = list.getEntries() as (PerformanceEntry & { element?: Element })[]
      if (element && !entries.some((entry) => entry.element === element)) return
      observer.disconnect()
      resolve()
    }).observe({ type, buffered: true })
  })
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
