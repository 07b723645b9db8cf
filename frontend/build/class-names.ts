import { basename } from "node:path"

const fileOf = new Map<string, string>()

/** The name of a CSS module's class in the page: `event-card_cover` for `.cover` of `event-card.module.css`. */
export function className(name: string, path: string): string {
  const [file = path] = path.split("?")
  const module = basename(file, ".module.css")
  const known = fileOf.get(module) ?? file
  if (known !== file) throw new Error(`Two CSS modules are called "${module}": ${known} and ${file}`)
  fileOf.set(module, file)
  return `${module}_${name}`
}
