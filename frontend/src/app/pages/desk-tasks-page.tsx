import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function DeskTasksPage() {
  const { t } = useTranslation(["crm", "common"])
  return (
    <>
      <PageHeader title={t("common:nav.tasks")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
