import { VisuallyHidden } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { serverNow } from "../api/clock"
import classes from "./hold-clock.module.css"

/** Minutes at which the time left is said aloud: often enough to act, rarely enough to type a card number. */
const saidAt = [10, 5, 2, 1]

interface Props {
  expiresAt: string
  onOver?: () => void
}

/** How long the order's tickets and gear are kept, ticking, and now and then announced. */
export function HoldClock({ expiresAt, onOver }: Props) {
  const { t } = useTranslation("checkout")
  const left = useSecondsLeft(expiresAt, onOver)
  const minutes = Math.floor(left / 60)
  const aloud = saidAt.findLast((mark) => left <= mark * 60)
  return (
    <div className={classes.clock}>
      <span className={classes.time} data-short={left < 120 || undefined} role="timer" aria-label={t("clock.label")}>
        {minutes}:{String(left % 60).padStart(2, "0")}
      </span>
      <span className={classes.words}>{left > 0 ? t("clock.kept") : t("clock.over")}</span>
      <VisuallyHidden aria-live="polite">
        {left === 0 ? t("clock.over") : aloud ? t("clock.left", { count: aloud }) : ""}
      </VisuallyHidden>
    </div>
  )
}

function useSecondsLeft(expiresAt: string, onOver: (() => void) | undefined): number {
  const [left, setLeft] = useState(() => secondsUntil(expiresAt))
  const over = useRef(onOver)
  useEffect(() => {
    over.current = onOver
  })
  useEffect(() => {
    let told = false
    const look = () => {
      const now = secondsUntil(expiresAt)
      setLeft(now)
      if (now === 0 && !told) {
        told = true
        over.current?.()
      }
    }
    look()
    const timer = setInterval(look, 1000)
    return () => clearInterval(timer)
  }, [expiresAt])
  return left
}

export function secondsUntil(iso: string): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - serverNow()) / 1000))
}
