import type { ReactNode } from "react"
import { useDocumentTitle } from "@/lib/use-document-title"
import { Heading } from "./heading"
import classes from "./page-header.module.css"

interface Props {
  title: string
  /** A part of the title that is not to be broken over lines: the number of an order. */
  whole?: string
  /** A short line above the title: the section, or what kind of thing this is. */
  kicker?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
}

/** The one h1 of a page. Names the browser tab and takes the focus after a navigation. */
export function PageHeader({ title, whole, kicker, lead, actions }: Props) {
  useDocumentTitle(title)
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {kicker && <p className={classes.kicker}>{kicker}</p>}
        <Heading level={1} size="page" tabIndex={-1}>
          {whole ? keepWhole(title, whole) : title}
        </Heading>
        {lead && <p className={classes.lead}>{lead}</p>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}

function keepWhole(title: string, whole: string) {
  const [before, after] = title.split(whole)
  return (
    <>
      {before}
      <span className={classes.whole}>{whole}</span>
      {after}
    </>
  )
}
