import { isValidElement, type ComponentPropsWithRef, type ReactNode } from "react"
import classes from "./heading.module.css"

interface Props extends ComponentPropsWithRef<"h1"> {
  level?: 1 | 2 | 3
  size?: "hero" | "page" | "title" | "small"
}

/** A heading in the display face; `level` is the outline, `size` the looks. */
export function Heading({ level = 2, size = "title", className = "", children, ...rest }: Props) {
  const Tag = `h${level}` as const
  return (
    <Tag {...rest} className={`${classes.heading} ${className}`} data-size={size} data-face={faceFor(children)}>
      {children}
    </Tag>
  )
}

/** Unbounded lacks these letters; mixing two faces inside a word would look broken, so the whole line changes. */
function faceFor(children: ReactNode): "full" | undefined {
  return /[әғқңөұүһ]/i.test(textOf(children)) ? "full" : undefined
}

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node
  if (Array.isArray(node)) return node.map(textOf).join("")
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : ""
}
