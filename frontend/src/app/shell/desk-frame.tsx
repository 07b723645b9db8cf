import "@/ui/theme/desk-styles"
import { Button } from "@mantine/core"
import { Link, Outlet } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { PendingPage } from "../pages/pending-page"
import { usePerson } from "../person"
import { DeskShell } from "./desk-shell"
import { StorefrontFrame } from "./storefront-frame"

/** Opens the desk to organizers and shows everybody else the way to become one. */
export function DeskFrame() {
  const { t } = useTranslation()
  const { error, refetch } = useMe()
  const person = usePerson()

  if (person?.isOrganizer) {
    return (
      <DeskShell person={person}>
        <Outlet />
      </DeskShell>
    )
  }
  return (
    <StorefrontFrame>
      {person ? (
        <PageHeader
          title={t("nav.desk")}
          lead={t("state.deskText")}
          actions={
            <Button variant="primary" component={Link} to="/become-organizer">
              {t("nav.becomeOrganizer")}
            </Button>
          }
        />
      ) : error ? (
        <>
          <PageHeader title={t("nav.desk")} />
          <ErrorState error={error} onRetry={refetch} />
        </>
      ) : (
        <PendingPage />
      )}
    </StorefrontFrame>
  )
}
