import { parse } from "@formatjs/icu-messageformat-parser"
import type { Plugin } from "vite"

/** What the texts are kept as: a plain text stays one, an ICU message becomes what its parser makes of it. */
export type Compiled = string | object | { [key: string]: Compiled }

/** Reads ICU messages when the site is built, so that no browser has to bring a parser of them. */
export function compiledMessages({ texts }: { texts: RegExp }): Plugin {
  return {
    name: "delux:compiled-messages",
    enforce: "pre",
    resolveId: {
      order: "pre",
      handler(source, importer) {
        if (source !== "@formatjs/icu-messageformat-parser" || !importer?.includes("/intl-messageformat/")) return null
        return this.resolve("@formatjs/icu-messageformat-parser/no-parser.js", importer, { skipSelf: true })
      },
    },
    transform: {
      order: "pre",
      filter: { id: texts },
      handler: (code) => ({ code: JSON.stringify(compile(JSON.parse(code) as Tree)), map: null }),
    },
  }
}

type Tree = string | { [key: string]: Tree }

function compile(tree: Tree): Compiled {
  if (typeof tree === "string") return compileMessage(tree)
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, compile(value)]))
}

function compileMessage(text: string): Compiled {
  const parts = parse(text, { ignoreTag: true })
  const [only] = parts
  return parts.length === 1 && only && "value" in only && only.type === 0 ? only.value : parts
}
