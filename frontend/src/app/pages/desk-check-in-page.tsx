import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DoorForm } from "@/features/crm/door/door-form"
import { PageHeader } from "@/ui/page-header"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/check-in")

export function DeskCheckInPage() {
  const { t } = useTranslation("crm")
  const { event } = route.useSearch()
  const navigate = route.useNavigate()
  const timeZone = useDeskZone()
  return (
    <>
      <PageHeader title={t("door.title")} lead={t("door.lead")} />
      <DoorForm event={event} onEvent={(event) => void navigate({ search: { event }, replace: true })} timeZone={timeZone} />
    </>
  )
}
