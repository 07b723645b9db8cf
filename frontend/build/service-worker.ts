import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import type { Plugin, Rollup } from "vite"
import { startsApplication } from "./bundle-budget"

interface Options {
  /** The worker's source, with places for its version and its files. */
  source: string
  /** Modules whose chunks, with all they import, must open without a network. */
  keeps: RegExp
  /** The same for an organizer's door, on devices that ask for it. */
  keepsAtDoor: RegExp
  /** Files no chunk names but the shell needs: fonts, its first script, its icon. */
  alsoKeeps: RegExp
}

/** Writes `/sw.js` beside the build, with the list of files of this very build in it. */
export function serviceWorker({ source, keeps, keepsAtDoor, alsoKeeps }: Options): Plugin {
  return {
    name: "delux:service-worker",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file): file is Rollup.OutputChunk => file.type === "chunk")
        const entry = chunks.find((chunk) => chunk.isEntry)
        if (!entry) this.error("The build has no entry")
        const kept = new Set<string>()
        const atDoor = new Set<string>()
        for (const chunk of chunks) {
          if (startsApplication(chunk) || chunk.moduleIds.some((id) => keeps.test(id))) keepWithImports(chunk, bundle, kept)
          if (chunk.moduleIds.some((id) => keepsAtDoor.test(id))) keepWithImports(chunk, bundle, atDoor)
        }
        for (const name of Object.keys(bundle)) if (alsoKeeps.test(name)) kept.add(name)
        for (const name of Object.keys(bundle)) if (keepsAtDoor.test(name)) atDoor.add(name)
        const files = [...kept].sort().map((name) => `/${name}`)
        const door = [...atDoor].filter((name) => !kept.has(name)).sort().map((name) => `/${name}`)
        const text = readFileSync(source, "utf8")
        const version = createHash("sha256").update(text).update([...files, ...door].join("\n")).digest("hex").slice(0, 12)
        this.emitFile({
          type: "asset",
          fileName: "sw.js",
          source: text
            .replace('"__VERSION__"', JSON.stringify(version))
            .replace('"__ENTRY__"', JSON.stringify(`/${entry.fileName}`))
            .replace('["__FILES__"]', JSON.stringify(files))
            .replace('["__DOOR__"]', JSON.stringify(door)),
        })
      },
    },
  }
}

function keepWithImports(chunk: Rollup.OutputChunk, bundle: Rollup.OutputBundle, kept: Set<string>): void {
  if (kept.has(chunk.fileName)) return
  kept.add(chunk.fileName)
  for (const style of chunk.viteMetadata?.importedCss ?? []) kept.add(style)
  for (const name of chunk.imports) {
    const imported = bundle[name]
    if (imported?.type === "chunk") keepWithImports(imported, bundle, kept)
  }
}
