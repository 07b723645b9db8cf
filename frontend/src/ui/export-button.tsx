import { Button, type ButtonProps } from "@mantine/core"
import { Download } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ExportDialogProps, ExportDialog as Dialog } from "./export-dialog"

// Its code comes when the first one opens: a page that can be read weighs less.
const ExportDialog = lazy(() => import("./export-dialog").then((module) => ({ default: module.ExportDialog }))) as unknown as typeof Dialog

interface Props<Table extends string> extends Omit<ExportDialogProps<Table>, "onClose"> {
  /** What the button says where "Download" would not do. */
  label?: string
  size?: ButtonProps["size"]
  className?: string | undefined
}

/** Take a list away as a file: asks in what form, and remembers the answer on this device. */
export function ExportButton<Table extends string>({ label, size, className, ...dialog }: Props<Table>) {
  const { t } = useTranslation("exports")
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button size={size} className={className} leftSection={<Download size={size === "xs" ? 16 : 18} aria-hidden />} onClick={() => setIsOpen(true)}>
        {label ?? t("button")}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ExportDialog {...dialog} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
