import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function DeskEventsPage() {
  const { t } = useTranslation(["crm", "common"])
  return (
    <>
      <PageHeader title={t("common:nav.events")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
