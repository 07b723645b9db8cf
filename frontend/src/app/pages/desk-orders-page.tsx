import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function DeskOrdersPage() {
  const { t } = useTranslation(["crm", "common"])
  return (
    <>
      <PageHeader title={t("orders")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
