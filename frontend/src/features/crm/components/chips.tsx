import classes from "./filters.module.css"

interface Props<Value extends string> {
  label: string
  options: { value: Value | undefined; label: string }[]
  chosen: Value | undefined
  onChoose: (value: Value | undefined) => void
}

/** One of a few, all in sight. */
export function Chips<Value extends string>({ label, options, chosen, onChoose }: Props<Value>) {
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {options.map(({ value, label: name }) => (
        <button key={value ?? ""} type="button" aria-pressed={chosen === value} onClick={() => onChoose(value)}>
          {name}
        </button>
      ))}
    </div>
  )
}
