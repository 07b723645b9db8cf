import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Plugin } from "vite"

/**
 * Writes the texts that the server draws first views with beside the build: `.vite/words.json`, by language and
 * namespace. So a word is written once, and stays when the application takes the place of what was drawn.
 */
export function wordsForServer({ folder, namespaces }: { folder: string; namespaces: string[] }): Plugin {
  return {
    name: "delux:words-for-server",
    apply: "build",
    generateBundle() {
      const read = (language: string, name: string) =>
        JSON.parse(readFileSync(join(folder, language, `${name}.json`), "utf8")) as unknown
      const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
      const words = languages.map(({ name }) => [name, Object.fromEntries(namespaces.map((each) => [each, read(name, each)]))])
      this.emitFile({ type: "asset", fileName: ".vite/words.json", source: JSON.stringify(Object.fromEntries(words)) })
    },
  }
}
