import { Button, type ButtonProps } from "@mantine/core"
import { Download } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Dialog } from "./dialog"
import { ExportForm, type ExportFormProps } from "./export-form"

interface Props<Table extends string> extends Omit<ExportFormProps<Table>, "onClose"> {
  /** What the button says where "Download" would not do. */
  label?: string
  size?: ButtonProps["size"]
  className?: string | undefined
}

/** Take a list away as a file: asks in what form, and remembers the answer on this device. */
export function ExportButton<Table extends string>({ label, size, className, ...form }: Props<Table>) {
  const { t } = useTranslation("exports")
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <>
      <Button size={size} className={className} leftSection={<Download size={size === "xs" ? 16 : 18} aria-hidden />} onClick={() => setIsOpen(true)}>
        {label ?? t("button")}
      </Button>
      {isOpen && (
        <Dialog title={t("dialog.title")} onClose={close}>
          <ExportForm {...form} onClose={close} />
        </Dialog>
      )}
    </>
  )
}
