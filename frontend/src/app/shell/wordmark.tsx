import classes from "./wordmark.module.css"

/** The name, with the D cut like a ticket. */
export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <svg viewBox="0 0 18 18" width="22" height="22" aria-hidden>
        <path fill="currentColor" d="M0 0h9a9 9 0 0 1 0 18H0v-5.4a3.6 3.6 0 0 0 0-7.2z" />
      </svg>
      Delux
    </span>
  )
}
