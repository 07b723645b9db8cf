import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { OrganizerSettings } from "@/features/accounts/components/organizer-settings"
import { PageHeader } from "@/ui/page-header"

export function DeskSettingsPage() {
  const { t } = useTranslation("desk")
  const organizer = useMe().data?.organizer
  return (
    <>
      <PageHeader title={t("settings.title")} lead={t("settings.lead")} />
      {/* The desk opens to organizers only, so it is known by then. */}
      {organizer && <OrganizerSettings organizer={organizer} />}
    </>
  )
}
