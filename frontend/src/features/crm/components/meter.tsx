import classes from "./meter.module.css"

interface Props {
  /** Says the numbers; the bar only helps to compare. */
  label: string
  /** From 0 to 1. */
  share: number
}

/** How much of something is gone, in words over a thin bar. */
export function Meter({ label, share }: Props) {
  return (
    <span className={classes.meter}>
      {label}
      <span className={classes.track} aria-hidden>
        <span style={{ width: `${Math.min(1, share) * 100}%` }} data-full={share >= 1} />
      </span>
    </span>
  )
}
