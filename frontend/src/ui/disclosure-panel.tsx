import { VisuallyHidden } from "@mantine/core"
import { useId, useRef, type MouseEvent, type ReactNode } from "react"
import classes from "./disclosure-panel.module.css"

interface Props {
  /** Names the button. Spoken after what the trigger shows. */
  label: string
  trigger: ReactNode
  /** Print the label under the trigger, as tab bars do. */
  labelShown?: boolean
  className?: string
  children: ReactNode
}

/**
 * A button and the panel it opens, on the browser's own popover: Escape, a click outside and the return of
 * focus come with it. A link or a `data-closes` button inside closes it.
 */
export function DisclosurePanel({ label, trigger, labelShown = false, className, children }: Props) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)

  function closeAfterChoice(event: MouseEvent) {
    if ((event.target as Element).closest("a, [data-closes]")) panel.current?.hidePopover()
  }

  return (
    <>
      <button type="button" className={className} popoverTarget={id}>
        {trigger}
        {labelShown ? <span>{label}</span> : <VisuallyHidden>{label}</VisuallyHidden>}
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the keys work on the links inside */}
      <div ref={panel} id={id} popover="auto" className={classes.panel} onClick={closeAfterChoice}>
        {children}
      </div>
    </>
  )
}
