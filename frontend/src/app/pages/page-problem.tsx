import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { NotFoundPage } from "./not-found-page"

interface Props {
  error: unknown
  onRetry: () => unknown
}

/** What stands in place of a whole page, heading and all: there is no such thing, or it could not be had. */
export function PageProblem({ error, onRetry }: Props) {
  const { t } = useTranslation()
  if (error instanceof ApiError && error.isNotFound) return <NotFoundPage />
  return (
    <>
      <PageHeader title={t("state.errorTitle")} />
      <ErrorState error={error} onRetry={onRetry} />
    </>
  )
}
