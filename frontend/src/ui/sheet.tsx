import { X } from "lucide-react"
import { useId, useLayoutEffect, useRef, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Heading } from "./heading"
import classes from "./sheet.module.css"

interface Props {
  title: string
  /** The edge it comes from; on a phone a sheet from the end comes from below. */
  side: "end" | "top"
  onClose: () => void
  children: ReactNode
  /** Stays in sight under what scrolls. */
  foot?: ReactNode
}

/**
 * A layer over the page while it is drawn, on the browser's own modal dialog: what lies under it is out of reach,
 * Escape closes it, and the focus goes back where it came from. A link inside closes it too.
 */
export function Sheet({ title, side, onClose, children, foot }: Props) {
  const { t } = useTranslation()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    const box = dialog.current
    box?.showModal()
    return () => box?.close()
  }, [])

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape is the key for it
    <dialog
      ref={dialog}
      className={classes.sheet}
      data-side={side}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={({ target, currentTarget }) => {
        // Around its content the dialog itself is hit: the scrim.
        if (target === currentTarget || (target as Element).closest("a")) onClose()
      }}
    >
      <div className={classes.content}>
        <div className={classes.head}>
          <Heading level={2} size="small" id={titleId}>
            {title}
          </Heading>
          <button type="button" className={classes.close} aria-label={t("close")} onClick={onClose}>
            <X size={22} aria-hidden />
          </button>
        </div>
        <div className={classes.body}>{children}</div>
        {foot && <div className={classes.foot}>{foot}</div>}
      </div>
    </dialog>
  )
}
