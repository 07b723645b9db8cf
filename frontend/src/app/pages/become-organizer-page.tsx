import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function BecomeOrganizerPage() {
  const { t } = useTranslation(["accounts", "common"])
  return (
    <>
      <PageHeader title={t("becomeOrganizer")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
