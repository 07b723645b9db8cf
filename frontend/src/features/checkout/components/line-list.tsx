import { useTranslation } from "react-i18next"
import type { components } from "@/api/schema"
import { Money } from "@/ui/money"
import { LineFacts, LineTitle } from "./line-facts"
import classes from "./checkout-form.module.css"

type Line = Pick<
  components["schemas"]["BasketLine"],
  "item_type" | "variant_id" | "ticket_type_id" | "title" | "slug" | "options" | "quantity"
> & {
  amount: string
  refunded?: number
}

/** Lines to read, not to change: what is being ordered, or was. */
export function LineList({ lines, currency }: { lines: Line[]; currency: string }) {
  const { t } = useTranslation("checkout")
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={`${line.item_type} ${line.variant_id ?? line.ticket_type_id}`}>
          <div>
            <LineTitle line={line} />
            <LineFacts line={line} />
          </div>
          <div className={classes.amount}>
            <Money amount={line.amount} currency={currency} free />
            <small>{t("line.count", { count: line.quantity })}</small>
            {!!line.refunded && <small>{t("line.refunded", { count: line.refunded })}</small>}
          </div>
        </li>
      ))}
    </ul>
  )
}
