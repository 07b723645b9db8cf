import { Button } from "@mantine/core"
import { useTranslation } from "react-i18next"
import type { BasketLine } from "../api/cart"
import classes from "./removed-notice.module.css"

/** Says what was taken out and offers it back; spoken. */
export function RemovedNotice({ line, onUndo }: { line: BasketLine | null; onUndo: () => void }) {
  const { t } = useTranslation("checkout")
  return (
    <div role="status" className={classes.place}>
      {line && (
        <p className={classes.notice}>
          <span>{t("line.removed", { title: line.title })}</span>
          <Button size="xs" onClick={onUndo}>
            {t("line.undo")}
          </Button>
        </p>
      )}
    </div>
  )
}
