import classes from "./rich-text.module.css"

/**
 * The one place that sets HTML. It takes only what the API cleaned when it was written (paragraphs, lists,
 * headings, emphasis and links), and the content security policy stands behind it.
 */
export function RichText({ html }: { html: string }) {
  // oxlint-disable-next-line react/no-danger -- see above: cleaned by the API, behind the policy
  return <div className={classes.text} dangerouslySetInnerHTML={{ __html: html }} />
}
