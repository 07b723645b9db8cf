import type { ReactNode } from "react"
import classes from "./view-switch.module.css"

interface Props<View extends string> {
  label: string
  views: { view: View; label: string; icon: ReactNode }[]
  current: View
  onChange: (view: View) => void
}

/** The same things, looked at in another way. */
export function ViewSwitch<View extends string>({ label, views, current, onChange }: Props<View>) {
  return (
    <div className={classes.switch} role="group" aria-label={label}>
      {views.map(({ view, label: name, icon }) => (
        <button key={view} type="button" aria-pressed={view === current} onClick={() => view !== current && onChange(view)}>
          {icon}
          {name}
        </button>
      ))}
    </div>
  )
}
