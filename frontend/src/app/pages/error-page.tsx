import { useRouter } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { NotFoundPage } from "./not-found-page"

/** What stands in place of a page that failed while loading or drawing. */
export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  if (error instanceof ApiError && error.isNotFound) return <NotFoundPage />

  async function retry() {
    await router.invalidate()
    reset()
  }

  return (
    <>
      <PageHeader title={t("state.errorTitle")} />
      <ErrorState error={error} onRetry={retry} />
    </>
  )
}
