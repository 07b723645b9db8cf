import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { ButtonLink } from "@/ui/button-link"
import { FormProblem } from "@/ui/form"
import { Notice } from "./notice"

interface ShortLine {
  pointer: string
  title: string
  code: string
  max_quantity: number
}

interface DearerLine {
  id: number
  title: string
  seen_price: string
  unit_price: string
}

/** Why the basket did not become an order: which lines, what is left of them, what they cost now. */
export function CheckoutRefusal({ error }: { error: unknown }) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  if (!(error instanceof ApiError)) return <FormProblem error={error} />
  if (error.code === "price_changed") {
    const { lines, currency } = error.problem as unknown as { lines: DearerLine[]; currency: string }
    return (
      <Notice tone="warm" alert title={t("refusal.price")}>
        <ul>
          {lines.map((line) => (
            <li key={line.id}>
              {line.title}
              {": "}
              {t("line.priceChanged", {
                was: formatMoney(line.seen_price, currency, language),
                now: formatMoney(line.unit_price, currency, language),
              })}
            </li>
          ))}
        </ul>
      </Notice>
    )
  }
  if (error.code === "not_enough_stock" || error.code === "lines_not_on_sale") {
    const lines = error.fields as unknown as ShortLine[]
    return (
      <Notice
        tone="warm"
        alert
        title={error.code === "not_enough_stock" ? t("refusal.stock") : t("refusal.notOnSale")}
        actions={<ButtonLink to="/basket">{t("refusal.toBasket")}</ButtonLink>}
      >
        <ul>
          {lines.map((line) => (
            <li key={line.pointer}>
              {line.title}
              {": "}
              {t(`problem.${line.code}` as "problem.not_enough", { count: line.max_quantity })}
            </li>
          ))}
        </ul>
        <p>{t("refusal.kept")}</p>
      </Notice>
    )
  }
  if (error.code === "basket_changed") return <Notice tone="warm" alert title={t("refusal.basketChanged")} />
  return <FormProblem error={error} />
}
