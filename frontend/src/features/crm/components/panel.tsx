import type { ReactNode } from "react"
import { Heading } from "@/ui/heading"
import classes from "./panel.module.css"

interface Props {
  title: string
  /** For links that lead here. */
  id?: string
  /** What stands at the end of the title's line: a link to all of it, a state. */
  aside?: ReactNode
  children: ReactNode
}

/** One titled section of a desk page. */
export function Panel({ title, id, aside, children }: Props) {
  return (
    <section className={classes.panel} id={id}>
      <header className={classes.header}>
        <Heading level={2} size="small">
          {title}
        </Heading>
        {aside}
      </header>
      {children}
    </section>
  )
}
