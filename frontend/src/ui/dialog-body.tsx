import { Modal, type ModalProps } from "@mantine/core"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import classes from "./dialog.module.css"

export interface DialogProps extends Pick<ModalProps, "children" | "size" | "closeOnClickOutside" | "closeOnEscape" | "onClose"> {
  title: string
}

/** An open dialog with a name. Mantine's own header would be a second banner landmark, so this one is a plain box. */
export default function DialogBody({ title, children, ...rest }: DialogProps) {
  const { t } = useTranslation()
  // It is drawn while it is open, so Mantine never sees it close: the focus goes back where it came from here.
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus({ preventScroll: true })
    },
    [opener],
  )
  return (
    <Modal.Root opened centered {...rest}>
      <Modal.Overlay color="#0e1116" backgroundOpacity={0.6} />
      <Modal.Content radius="lg">
        <div className={classes.header}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t("close")} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
