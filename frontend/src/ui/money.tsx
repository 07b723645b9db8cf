import { useTranslation } from "react-i18next"
import { formatMoney, isZero } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"

interface Props {
  amount: string
  currency: string
  /** The lowest of several: "from 5 000 ₸". */
  from?: boolean
  /** Write zero as "Free": for prices, not for sums. */
  free?: boolean
  className?: string
}

export function Money({ amount, currency, from = false, free = false, className }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const price = formatMoney(amount, currency, language)
  const text = free && isZero(amount) ? t("money.free") : from ? t("money.from", { price }) : price
  return (
    <span className={className} style={{ whiteSpace: "nowrap" }}>
      {text}
    </span>
  )
}
