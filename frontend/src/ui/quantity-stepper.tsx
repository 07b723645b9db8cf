import { Minus, Plus } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import classes from "./quantity-stepper.module.css"

interface Props {
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
  /** What is being counted, for the spoken label. */
  label?: string
  disabled?: boolean
}

/** How many: two thumb-sized buttons and a number that can be typed. */
export function QuantityStepper({ value, onChange, min = 1, max = 99, label, disabled = false }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const name = label ?? t("quantity.label")

  function settle(text: string) {
    setDraft(null)
    const typed = Number.parseInt(text, 10)
    if (Number.isNaN(typed)) return
    const next = Math.min(max, Math.max(min, typed))
    if (next !== value) onChange(next)
  }

  return (
    <div className={classes.stepper} role="group" aria-label={name}>
      <button
        type="button"
        aria-label={t("quantity.less")}
        disabled={disabled || value <= min}
        onClick={() => onChange(value - 1)}
      >
        <Minus size={18} aria-hidden />
      </button>
      <input
        aria-label={name}
        inputMode="numeric"
        value={draft ?? String(value)}
        disabled={disabled}
        onChange={(event) => setDraft(event.target.value.replace(/\D/g, "").slice(0, 4))}
        onBlur={(event) => settle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault()
            settle(event.currentTarget.value)
          }
        }}
      />
      <button
        type="button"
        aria-label={t("quantity.more")}
        disabled={disabled || value >= max}
        onClick={() => onChange(value + 1)}
      >
        <Plus size={18} aria-hidden />
      </button>
    </div>
  )
}
