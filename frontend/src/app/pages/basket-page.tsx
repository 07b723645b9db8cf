import { useTranslation } from "react-i18next"
import { BasketView } from "@/features/checkout/components/basket-view"
import { PageHeader } from "@/ui/page-header"

export function BasketPage() {
  const { t } = useTranslation("checkout")
  return (
    <>
      <PageHeader title={t("basket")} />
      <BasketView />
    </>
  )
}
