import { CloseButton } from "@mantine/core"
import { Check } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import classes from "./added-notice.module.css"

export function useAddedNotice() {
  const [text, setText] = useState("")
  return { text, show: setText, hide: () => setText("") }
}

/** Says where the thing went and shows the way there; spoken, and never in the way of the next choice. */
export function AddedNotice({ text, action, onClose }: { text: string; action: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="status" className={classes.place}>
      {text && (
        <div className={classes.notice}>
          <Check size={20} aria-hidden />
          <span>{text}</span>
          <CloseButton aria-label={t("close")} onClick={onClose} />
          <ButtonLink to="/basket" className={classes.action}>
            {action}
          </ButtonLink>
        </div>
      )}
    </div>
  )
}
