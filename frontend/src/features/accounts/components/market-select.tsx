import { NativeSelect, type NativeSelectProps } from "@mantine/core"
import { useTranslation } from "react-i18next"

const markets = ["KZ", "KG", "US"] as const

/** Where the person lives: their prices follow it. */
export function MarketSelect(props: NativeSelectProps) {
  const { t } = useTranslation("accounts")
  return (
    <NativeSelect
      label={t("fields.market")}
      autoComplete="country"
      data={markets.map((value) => ({ value, label: t(`markets.${value}`) }))}
      {...props}
    />
  )
}
