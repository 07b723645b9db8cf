import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vitest/config"
import { bootScript } from "./build/boot-script"
import { bundleBudget } from "./build/bundle-budget"
import { className } from "./build/class-names"
import { chunkGroups, onEveryPage } from "./build/chunks"
import { compiledMessages } from "./build/messages"
import { precompress } from "./build/precompress"
import { serviceWorker } from "./build/service-worker"
import { wordsForServer } from "./build/words"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const apiUrl = process.env.API_URL ?? "http://127.0.0.1:8888"

export default defineConfig({
  plugins: [
    react(),
    compiledMessages({ texts: /\/src\/locales\/.+\.json$/ }),
    bootScript(here("./src/boot/before-paint.js")),
    serviceWorker({
      source: here("./src/boot/service-worker.js"),
      keeps: /src\/(app\/pages\/(ticket|tickets)-page\.tsx|lib\/own-dates\.ts|locales\/\w+\/(common|checkout)\.json)$/,
      keepsAtDoor: /(src\/(app\/pages\/desk-check-in-page\.tsx|app\/shell\/desk-frame\.tsx|locales\/\w+\/crm\.json)|node_modules\/(barcode-detector|zxing-wasm)\/.+|assets\/zxing_reader-.+\.wasm)$/,
      alsoKeeps: /^assets\/(before-paint-.+\.js|web-fonts-.+\.(js|css)|mark-.+\.svg|(golos|unbounded).+\.woff2)$/,
    }),
    // Whoever sells opens the desk once a day; whoever buys opens the shop once, on a phone.
    bundleBudget([
      { pages: /^(desk|kit)-/, limit: 320 },
      { pages: /./, limit: 200 },
    ]),
    wordsForServer({ folder: here("./src/locales"), namespaces: ["common", "events", "market"] }),
    precompress(),
  ],
  resolve: { alias: { "@": here("./src") } },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ["/api", "/developers", "/media", "/admin", "/static"].map((path) => [path, { target: apiUrl, changeOrigin: false }]),
    ),
  },
  // The server draws first views in the same classes: they are named after their file and nothing else. The build
  // fails where two files have one name (build/class-names.ts).
  css: { modules: { generateScopedName: className } },
  build: {
    outDir: "dist",
    // Tells the server which files a page needs.
    manifest: true,
    modulePreload: {
      // Every browser this is built for knows it.
      polyfill: false,
      // What runs on every page is in each page's head already (backend/delux/pages/build.py).
      resolveDependencies: (file, needed) =>
        needed.filter((name) => name.endsWith(".css") || !(/^assets\/main-/.test(file) || onEveryPage.test(name))),
    },
    assetsDir: "assets",
    // The content security policy allows no data: URLs for fonts, and a picture is better cached as a file.
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
  },
  test: {
    environment: "jsdom",
    // One document for all files: a third of the time. What a test leaves behind is cleared in setup.ts.
    isolate: false,
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
    css: false,
  },
})
