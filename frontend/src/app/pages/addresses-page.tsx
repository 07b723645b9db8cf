import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { AddressBook } from "@/features/accounts/components/address-book"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { ListSkeleton } from "@/ui/skeleton"

export function AddressesPage() {
  const { t } = useTranslation(["accounts", "common"])
  const { data: person, error, refetch } = useMe()
  return (
    <>
      <PageHeader title={t("common:nav.addresses")} lead={t("addresses.lead")} />
      {person ? (
        <AddressBook person={person} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <ListSkeleton rows={2} height={96} />
      )}
    </>
  )
}
