import { existsSync } from "node:fs"
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import type { Plugin } from "vite"

const ways = [
  { suffix: ".br", compress: (text: Buffer) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }) },
  { suffix: ".gz", compress: (text: Buffer) => promisify(gzip)(text, { level: 9 }) },
]

/**
 * Writes each file a second and third time, small, beside itself: the server sends those to browsers that take them.
 * Pictures and fonts are small as they are, and pages get their head from the server.
 */
export function precompress(): Plugin {
  let folder = ""
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir
    },
    async closeBundle(error?: Error) {
      // A build that failed has its own reason to tell; what there is then are files of an older one, or none.
      if (error || !existsSync(folder)) return
      const files = await readdir(folder, { recursive: true })
      await Promise.all(files.filter((file) => /\.(js|css|svg|wasm)$/.test(file)).map((file) => shrink(join(folder, file))))
    },
  }
}

async function shrink(path: string): Promise<void> {
  const text = await readFile(path)
  for (const { suffix, compress } of ways) {
    const small = await compress(text)
    // Below a packet nothing is gained.
    if (text.length > 1400 && small.length < text.length * 0.9) await writeFile(path + suffix, small)
  }
}
