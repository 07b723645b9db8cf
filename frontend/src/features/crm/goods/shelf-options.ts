import type { Shelf } from "./api"

/** The tree of shelves as the rows of a select, each shelf in another one moved in under it. */
export function shelfOptions(tree: Shelf[], depth = 0): { value: string; label: string }[] {
  return tree.flatMap(({ slug, name, children }) => [
    { value: slug, label: `${"\u2003".repeat(depth)}${name}` },
    ...shelfOptions(children, depth + 1),
  ])
}
