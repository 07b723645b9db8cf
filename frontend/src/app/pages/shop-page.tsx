import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function ShopPage() {
  const { t } = useTranslation(["market", "common"])
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
