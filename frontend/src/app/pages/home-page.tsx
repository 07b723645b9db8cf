import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function HomePage() {
  const { t } = useTranslation(["events", "common"])
  return (
    <>
      <PageHeader title={t("common:footer.line")} lead={t("events:lead")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
