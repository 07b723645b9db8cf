import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { OwnData } from "@/features/accounts/components/own-data"
import { PasswordForm } from "@/features/accounts/components/password-form"
import { SignInList } from "@/features/accounts/components/sign-in-list"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import classes from "@/features/accounts/components/accounts.module.css"

export function SecurityPage() {
  const { t } = useTranslation(["accounts", "common"])
  const { data: person, error, refetch } = useMe()
  return (
    <>
      <PageHeader title={t("common:nav.security")} />
      <div className={classes.sections}>
        {person ? (
          // A password goes with an e-mail: without one there is nothing to sign in with it to.
          person.email && <PasswordForm person={person} />
        ) : error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <Skeleton height={280} />
        )}
        <SignInList />
        {person && <OwnData person={person} />}
      </div>
    </>
  )
}
