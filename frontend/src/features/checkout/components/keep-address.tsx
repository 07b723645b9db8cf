import { Checkbox } from "@mantine/core"
import { useTranslation } from "react-i18next"

interface Props {
  keeps: boolean
  onKeep: (keeps: boolean) => void
}

export function KeepAddress({ keeps, onKeep }: Props) {
  const { t } = useTranslation("checkout")
  return <Checkbox label={t("address.keep")} checked={keeps} onChange={(event) => onKeep(event.currentTarget.checked)} />
}
