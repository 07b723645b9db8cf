import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function DeskCheckInPage() {
  const { t } = useTranslation(["crm", "common"])
  return (
    <>
      <PageHeader title={t("common:nav.checkIn")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
