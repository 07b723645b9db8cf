import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { basename } from "node:path"
import { transformWithOxc, type Plugin } from "vite"

/**
 * Loads one small classic script before everything else in `<head>`.
 *
 * Vite bundles module scripts only, and those run after the first paint. An inline script would break the
 * content security policy, so the file is emitted with a content hash like any other asset.
 */
export function bootScript(path: string): Plugin {
  const source = readFileSync(path, "utf8")
  const name = basename(path, ".js")
  const devUrl = `/@boot/${name}.js`
  let builtUrl = ""

  return {
    name: "delux:boot-script",
    async buildStart() {
      if (this.meta.watchMode || process.env.VITEST) return
      const { code } = await transformWithOxc(source, path, { sourcemap: false })
      const hash = createHash("sha256").update(code).digest("hex").slice(0, 8)
      builtUrl = `assets/${name}-${hash}.js`
      this.emitFile({ type: "asset", fileName: builtUrl, source: code })
      builtUrl = `/${builtUrl}`
    },
    configureServer(server) {
      server.middlewares.use(devUrl, (_request, response) => {
        response.setHeader("Content-Type", "text/javascript")
        response.end(readFileSync(path, "utf8"))
      })
    },
    transformIndexHtml: (_html, context) => [
      { tag: "script", attrs: { src: context.server ? devUrl : builtUrl }, injectTo: "head-prepend" },
    ],
  }
}
