import { Button } from "@mantine/core"
import { useBlocker } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Dialog } from "./dialog"
import classes from "./unsaved-guard.module.css"

interface Props {
  /** Something typed here is not saved yet. */
  unsaved: boolean
  /** What would be lost, in a sentence; otherwise the kit's own. */
  children?: string
}

/**
 * Asks before a page with unsaved changes is left: by a link or Back in a dialog of ours, by closing the tab
 * in the browser's own. A change of the address's query alone (a tab, a filter) stays on the page and is let by.
 */
export function UnsavedGuard({ unsaved, children }: Props) {
  const { t } = useTranslation()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  })
  if (blocker.status !== "blocked") return null
  return (
    <Dialog title={t("unsaved.title")} onClose={blocker.reset}>
      <p className={classes.text}>{children ?? t("unsaved.text")}</p>
      <div className={classes.actions}>
        <Button variant="primary" data-autofocus onClick={blocker.reset}>
          {t("unsaved.stay")}
        </Button>
        <Button onClick={blocker.proceed}>{t("unsaved.leave")}</Button>
      </div>
    </Dialog>
  )
}
