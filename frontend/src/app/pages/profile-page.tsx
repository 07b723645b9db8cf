import { Button } from "@mantine/core"
import { LogOut } from "lucide-react"
import { useTranslation } from "react-i18next"
import { signOut } from "@/api/session"
import { useMe } from "@/features/accounts/api/me"
import { AvatarField } from "@/features/accounts/components/avatar-field"
import { Contacts } from "@/features/accounts/components/contacts"
import { ProfileForm } from "@/features/accounts/components/profile-form"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import classes from "@/features/accounts/components/accounts.module.css"

export function ProfilePage() {
  const { t } = useTranslation(["accounts", "common"])
  const { data: person, error, refetch } = useMe()
  return (
    <>
      <PageHeader
        title={t("profile")}
        kicker={person?.email ?? person?.phone}
        actions={
          <Button
            leftSection={<LogOut size={18} aria-hidden />}
            // Signed out here even when the server cannot be told.
            onClick={() => void signOut().catch(() => undefined)}
          >
            {t("common:nav.signOut")}
          </Button>
        }
      />
      {person ? (
        <div className={classes.sections}>
          <AvatarField person={person} />
          <ProfileForm person={person} />
          <Contacts person={person} />
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton height={420} />
      )}
    </>
  )
}
