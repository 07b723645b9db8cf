import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"

export function ProfilePage() {
  const { t } = useTranslation(["accounts", "common"])
  return (
    <>
      <PageHeader title={t("profile")} />
      <EmptyState title={t("common:state.emptyTitle")} />
    </>
  )
}
