import { useNavigate } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ProductStart } from "@/features/crm/goods/product-start"
import { PageHeader } from "@/ui/page-header"

export function DeskNewProductPage() {
  const { t } = useTranslation("goods")
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title={t("start.title")} lead={t("start.lead")} />
      <ProductStart
        onDone={({ id }) => void navigate({ to: "/crm/products/$productId", params: { productId: String(id) }, replace: true })}
      />
    </>
  )
}
