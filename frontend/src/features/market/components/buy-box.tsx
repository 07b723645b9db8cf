import { Button } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney, timesQuantity } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { Money } from "@/ui/money"
import { QuantityStepper } from "@/ui/quantity-stepper"
import { StatusPill } from "@/ui/status-pill"
import type { Product, Variant } from "../api/products"
import classes from "./buy-box.module.css"
import { choose, chosenVariant, firstChoice, isPossible, valuesOf, type Choice } from "./variants"

const MOST = 20

interface Props {
  product: Product
  adding: boolean
  onAdd: (variant: Variant, quantity: number) => Promise<unknown>
}

/** Price, the choice of size and colour, stock, and the button. */
export function BuyBox({ product, adding, onAdd }: Props) {
  const { t } = useTranslation("market")
  const language = useLanguage()
  const [choice, setChoice] = useState<Choice>(() => firstChoice(product.variants))
  const [quantity, setQuantity] = useState(1)
  const variant = chosenVariant(product.variants, choice)
  const most = Math.min(MOST, variant?.left ?? MOST)
  const wanted = Math.min(quantity, Math.max(1, most))

  return (
    <div className={classes.box}>
      {variant && (
        <p className={classes.price}>
          <Money amount={variant.price} currency={product.currency} />
          {variant.original_price && (
            <s>
              <Money amount={variant.original_price} currency={product.currency} />
            </s>
          )}
        </p>
      )}
      {(["colour", "size"] as const).map((option) => (
        <OptionPicker key={option} option={option} product={product} choice={choice} onChoose={setChoice} />
      ))}
      <Stock variant={variant} />
      {variant?.in_stock && (
        <div className={classes.action}>
          <QuantityStepper value={wanted} max={most} label={t("product.quantity")} onChange={setQuantity} />
          <Button variant="primary" size="md" loading={adding} onClick={() => void onAdd(variant, wanted)}>
            {t("product.add", { price: formatMoney(timesQuantity(variant.price, wanted), product.currency, language) })}
          </Button>
        </div>
      )}
    </div>
  )
}

interface PickerProps {
  option: keyof Choice
  product: Product
  choice: Choice
  onChoose: (choice: Choice) => void
}

function OptionPicker({ option, product, choice, onChoose }: PickerProps) {
  const { t } = useTranslation("market")
  const values = valuesOf(product.variants, option)
  if (values.length === 0) return null
  return (
    <fieldset className={classes.options}>
      <legend>
        {t(`filters.${option}`)}: <strong>{choice[option]}</strong>
      </legend>
      <div>
        {values.map((value) => {
          // A colour can always be looked at; a size must exist in the chosen colour.
          const possible = option === "colour" || isPossible(product.variants, option, value, choice)
          return (
            <label key={value} className={classes.option} data-disabled={!possible || undefined}>
              <input
                type="radio"
                name={option}
                value={value}
                checked={choice[option] === value}
                disabled={!possible}
                onChange={() => onChoose(choose(product.variants, choice, option, value))}
              />
              <span>{value}</span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

function Stock({ variant }: { variant?: Variant }) {
  const { t } = useTranslation("market")
  return (
    <p aria-live="polite" className={classes.stock}>
      {!variant?.in_stock ? (
        <StatusPill>{t("outOfStock")}</StatusPill>
      ) : variant.left !== null ? (
        <StatusPill tone="warm">{t("few", { count: variant.left })}</StatusPill>
      ) : (
        <StatusPill tone="good">{t("inStock")}</StatusPill>
      )}
    </p>
  )
}
