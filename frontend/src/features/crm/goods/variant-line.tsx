import { Checkbox, CloseButton, Switch, TextInput } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { StatusPill } from "@/ui/status-pill"
import classes from "./variant-editor.module.css"
import type { Row, RowProblems } from "./variant-rows"

const sound: RowProblems = {}

interface Props {
  row: Row
  currency: string
  problems?: RowProblems
  /** Undefined while there is nothing to choose between. */
  chosen?: boolean
  onChoose: () => void
  onChange: (part: Partial<Row>) => void
  onRemove?: () => void
}

/** One size and colour, with what can be typed about it. */
export function VariantLine({ row, currency, problems = sound, chosen, onChoose, onChange, onRemove }: Props) {
  const { t } = useTranslation(["goods", "crm"])
  const name = [row.size, row.colour].filter(Boolean).join(" · ") || t("variants.only")
  const input = (label: string) => ({ label, "aria-label": `${label}: ${name}`, size: "sm" as const })
  return (
    <div className={classes.row} role="group" aria-label={name} data-off={!row.active || undefined}>
      <div className={classes.name}>
        {chosen !== undefined && <Checkbox aria-label={t("variants.choose", { name })} checked={chosen} onChange={onChoose} />}
        <span>
          <strong>{name}</strong>
          <small>
            {row.id === undefined ? <StatusPill tone="strong">{t("variants.new")}</StatusPill> : t("variants.soldCount", { count: row.sold })}
          </small>
        </span>
      </div>
      <TextInput
        {...input(t("variants.sku"))}
        className={classes.sku}
        value={row.sku}
        maxLength={40}
        error={problems.sku ?? problems.size}
        onChange={({ target: { value } }) => onChange({ sku: value })}
      />
      <TextInput
        {...input(t("variants.price", { sign: t(`crm:currency.${currency as "KZT"}`) }))}
        className={classes.number}
        inputMode="decimal"
        value={row.price}
        error={problems.price}
        onChange={({ target: { value } }) => onChange({ price: value })}
      />
      <TextInput
        {...input(t("variants.was"))}
        className={classes.number}
        inputMode="decimal"
        placeholder="—"
        value={row.was}
        error={problems.was}
        onChange={({ target: { value } }) => onChange({ was: value })}
      />
      <TextInput
        {...input(t("variants.stock"))}
        className={classes.number}
        inputMode="numeric"
        value={row.stock}
        error={problems.stock}
        description={<StockNote row={row} />}
        inputWrapperOrder={["label", "input", "description", "error"]}
        onChange={({ target: { value } }) => onChange({ stock: value })}
      />
      <div className={classes.switch}>
        <Switch
          label={t("variants.onSale")}
          aria-label={`${t("variants.onSale")}: ${name}`}
          checked={row.active}
          onChange={({ currentTarget: { checked } }) => onChange({ active: checked })}
        />
        {onRemove && <CloseButton size={36} aria-label={t("variants.remove", { name })} onClick={onRemove} />}
      </div>
    </div>
  )
}

/** What the figure is weighed against: the stock of now once it differs, and the pieces held for unpaid orders. */
function StockNote({ row }: { row: Row }) {
  const { t } = useTranslation("goods")
  const notes = [
    row.seen !== undefined && row.stock.trim() !== String(row.seen) && t("variants.now", { count: row.seen }),
    row.held > 0 && t("variants.held", { count: row.held }),
  ].filter(Boolean)
  return notes.length > 0 ? notes.join(", ") : null
}
