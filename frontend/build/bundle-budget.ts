import { basename } from "node:path"
import { gzipSync } from "node:zlib"
import type { Plugin, Rollup } from "vite"

const KB = 1024

interface Budget {
  /** Decides by the file name of a page. */
  pages: RegExp
  /** Gzipped JavaScript a browser needs before it can draw the page, in KB. */
  limit: number
}

/** Fails the build when a page needs more JavaScript on its first load than its readers should wait for. */
export function bundleBudget(budgets: Budget[]): Plugin {
  return {
    name: "bundle-budget",
    apply: "build",
    // After everybody else: the lists of what to fetch with a page are written last, and weigh as well.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = new Map(
          Object.values(bundle)
            .filter((file): file is Rollup.OutputChunk => file.type === "chunk")
            .map((chunk) => [chunk.fileName, chunk]),
        )
        const entries = [...chunks.values()].filter(startsApplication)
        const sizes = new Map<string, number>()
        const size = (name: string) => {
          const known = sizes.get(name) ?? gzipSync(chunks.get(name)?.code ?? "").length
          sizes.set(name, known)
          return known
        }
        const measured = [...chunks.values()].flatMap((page) => {
          const file = basename(page.facadeModuleId ?? "")
          const budget = /-page\.tsx$/.test(file) && budgets.find(({ pages }) => pages.test(file))
          if (!budget) return []
          const needed = withImports([...entries, page].map((chunk) => chunk.fileName), chunks)
          const kb = [...needed].reduce((sum, name) => sum + size(name), 0) / KB
          return [{ file, kb, limit: budget.limit }]
        })
        const tooLarge = measured.filter(({ kb, limit }) => kb > limit)
        if (!measured.length) this.error("No page was found: the budget guards nothing.")
        if (tooLarge.length)
          this.error(
            tooLarge
              .map(({ file, kb, limit }) => `${file} needs ${kb.toFixed(0)} KB of JavaScript, more than ${limit}.`)
              .join("\n"),
          )
        for (const { limit } of budgets) {
          const [largest] = measured.filter((one) => one.limit === limit).sort((a, b) => b.kb - a.kb)
          if (largest) console.info(`Largest first load: ${largest.file} ${largest.kb.toFixed(0)} of ${limit} KB`)
        }
      },
    },
  }
}

/** The entry, and the application that it starts once the first view is painted. */
export function startsApplication(chunk: Rollup.OutputChunk): boolean {
  return chunk.isEntry || (chunk.facadeModuleId?.endsWith("/src/main.tsx") ?? false)
}

/** The chunks and, over all steps, what they import before they run. */
function withImports(names: string[], chunks: Map<string, Rollup.OutputChunk>) {
  const found = new Set<string>()
  const queue = [...names]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue
    found.add(name)
    queue.push(...(chunks.get(name)?.imports ?? []))
  }
  return found
}
