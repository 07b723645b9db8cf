import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { OrganizerForm } from "@/features/accounts/components/organizer-form"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"

const route = getRouteApi("/storefront/personal/become-organizer")

export function BecomeOrganizerPage() {
  const { t } = useTranslation(["accounts", "common"])
  const { data: person, error, refetch } = useMe()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={t("becomeOrganizer")} lead={t("organizer.lead")} />
      {!person ? (
        error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <Skeleton height={420} />
        )
      ) : person.organizer ? (
        <EmptyState
          title={t("organizer.already", { name: person.organizer.display_name })}
          action={
            <ButtonLink to="/crm" variant="primary">
              {t("common:nav.desk")}
            </ButtonLink>
          }
        />
      ) : (
        <OrganizerForm city={person.city} onDone={() => void navigate({ to: "/crm" })} />
      )}
    </>
  )
}
