import { lazy, Suspense, useId } from "react"
import { Skeleton } from "./skeleton"
import classes from "./rich-text-field.module.css"

const Body = lazy(async () => ({ default: (await import("./rich-text-body")).RichTextBody }))

interface Props {
  label: string
  hint?: string
  /** HTML to begin with. The editor keeps its own copy from then on. */
  value: string
  /** The text as HTML; an empty one is "". */
  onChange: (html: string) => void
  error?: string
}

/** Text with paragraphs, emphasis, lists, small headings, quotes and links: what the API lets through. */
export function RichTextField({ label, hint, error, ...rest }: Props) {
  const id = useId()
  return (
    <div className={classes.field}>
      <span className={classes.label} id={id}>
        {label}
      </span>
      {hint && <span className={classes.hint}>{hint}</span>}
      <Suspense fallback={<Skeleton height={300} />}>
        <Body labelledBy={id} describedBy={error ? `${id}-error` : undefined} {...rest} />
      </Suspense>
      {error && (
        <p id={`${id}-error`} className={classes.error}>
          {error}
        </p>
      )}
    </div>
  )
}
