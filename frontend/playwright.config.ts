import { defineConfig } from "@playwright/test"

/** Runs against a server that is already up: `make run`, or BASE_URL. */
export default defineConfig({
  testDir: "e2e",
  timeout: 90_000,
  // Much of a journey is waiting. Those that share a person only look at what is there.
  workers: 2,
  forbidOnly: !!process.env.CI,
  reporter: [["list"], ["html", { open: "never" }]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://localhost:8888",
    locale: "en-US",
    timezoneId: "Asia/Almaty",
    // Filming slows every page; `--trace on` films what is looked into.
    trace: "off",
    // Nothing is drawn sixty times a second without a graphics card; the story keeps its motion.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
  projects: [
    { name: "phone", use: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } },
    // How calls fail and what is kept is the same at any width: it is seen where it happens most.
    { name: "desktop", grepInvert: /@phone/, use: { viewport: { width: 1280, height: 800 } } },
  ],
})
