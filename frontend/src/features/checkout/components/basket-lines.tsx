import { Link } from "@tanstack/react-router"
import { Trash2 } from "lucide-react"
import { useTranslation } from "react-i18next"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { QuantityStepper } from "@/ui/quantity-stepper"
import { byOrganizer } from "../api/basket-math"
import type { Basket, BasketLine } from "../api/cart"
import { LineFacts, LineTitle } from "./line-facts"
import classes from "./basket-lines.module.css"

interface Props {
  basket: Basket
  onQuantity: (line: BasketLine, quantity: number) => void
}

/** The basket's lines, one group for each organizer, each line with its quantity and what stands in its way. */
export function BasketLines({ basket, onQuantity }: Props) {
  const { t } = useTranslation("checkout")
  return byOrganizer(basket.lines).map(({ organizer, lines }) => (
    <section key={organizer.id} className={classes.group} aria-label={organizer.display_name}>
      <p className={classes.seller}>{t("line.from", { organizer: organizer.display_name })}</p>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <Line
            key={`${line.item_type} ${line.variant_id ?? line.ticket_type_id}`}
            line={line}
            currency={basket.currency ?? "KZT"}
            onQuantity={(quantity) => onQuantity(line, quantity)}
          />
        ))}
      </ul>
    </section>
  ))
}

interface LineProps {
  line: BasketLine
  currency: string
  onQuantity: (quantity: number) => void
}

function Line({ line, currency, onQuantity }: LineProps) {
  const { t } = useTranslation(["checkout", "common"])
  return (
    <li className={classes.line}>
      <Picture
        image={line.image}
        ratio={line.item_type === "ticket" ? "4 / 3" : "1"}
        sizes="96px"
        className={classes.thumb}
      />
      <div className={classes.words}>
        <LineTitle line={line} />
        <LineFacts line={line} />
      </div>
      <div className={classes.controls}>
        <QuantityStepper
          value={line.quantity}
          // What is there already stays typable down from; the way up ends at what can be had.
          max={Math.max(line.max_quantity, line.quantity)}
          label={t("line.quantity", { title: line.title })}
          onChange={onQuantity}
        />
        <button
          type="button"
          className={classes.remove}
          aria-label={t("line.remove", { title: line.title })}
          onClick={() => onQuantity(0)}
        >
          <Trash2 size={20} aria-hidden />
        </button>
        <span className={classes.price}>
          <Money amount={line.line_total} currency={currency} free />
          {line.quantity > 1 && (
            <span className={classes.each}>
              {line.quantity} × <Money amount={line.unit_price} currency={currency} />
            </span>
          )}
        </span>
      </div>
      <PriceChange line={line} currency={currency} />
      <Trouble line={line} onQuantity={onQuantity} />
    </li>
  )
}

function PriceChange({ line, currency }: { line: BasketLine; currency: string }) {
  const { t } = useTranslation("checkout")
  const language = useLanguage()
  if (!line.price_changed) return null
  const [was, now] = [line.seen_price, line.unit_price].map((amount) => formatMoney(amount, currency, language))
  return <p className={classes.note}>{t("line.priceChanged", { was, now })}</p>
}

/** Why the line cannot be ordered as it is, and the ways on. */
function Trouble({ line, onQuantity }: Omit<LineProps, "currency">) {
  const { t } = useTranslation(["checkout", "common"])
  if (line.problem === null) return null
  const fewer = line.max_quantity > 0 && line.max_quantity < line.quantity
  return (
    <p className={classes.note} role="status">
      <span>{t(`problem.${line.problem}`, { count: line.max_quantity })}</span>
      {fewer ? (
        <button type="button" onClick={() => onQuantity(line.max_quantity)}>
          {t("line.take", { count: line.max_quantity })}
        </button>
      ) : (
        <>
          {line.slug !== "" &&
            (line.item_type === "ticket" ? (
              <Link to="/events/$slug" params={{ slug: line.slug }}>
                {t("line.otherTickets")}
              </Link>
            ) : (
              <Link to="/shop/$slug" params={{ slug: line.slug }}>
                {t("line.otherSizes")}
              </Link>
            ))}
          <button type="button" onClick={() => onQuantity(0)}>
            {t("common:remove")}
          </button>
        </>
      )}
    </p>
  )
}
