import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function PayPage() {
  const { t } = useTranslation(["checkout", "common"])
  return (
    <>
      <PageHeader title={t("payment")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
