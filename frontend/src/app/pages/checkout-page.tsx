import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function CheckoutPage() {
  const { t } = useTranslation(["checkout", "common"])
  return (
    <>
      <PageHeader title={t("checkout")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
