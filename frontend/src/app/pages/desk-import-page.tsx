import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { goodsImport } from "@/features/crm/imports/api"
import { ImportResult } from "@/features/crm/imports/import-result"
import { ImportStart } from "@/features/crm/imports/import-start"
import classes from "@/features/crm/imports/imports.module.css"
import { RecentImports } from "@/features/crm/imports/recent-imports"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import eventClasses from "./desk-event-page.module.css"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/products/import")

/** Goods from a table: sent, compared, applied. The address names the table that is looked at. */
export function DeskImportPage() {
  const { t } = useTranslation("imports")
  const { table } = route.useSearch()
  const navigate = route.useNavigate()
  const timeZone = useDeskZone()
  return (
    <>
      <PageHeader
        kicker={
          <Link to="/crm/products" className={eventClasses.back}>
            ← {t("goods")}
          </Link>
        }
        title={t("title")}
        lead={t("lead")}
        actions={table !== undefined && <ButtonLink to="/crm/products/import">{t("another")}</ButtonLink>}
      />
      {table === undefined ? (
        <div className={classes.stack}>
          <ImportStart onSent={(id) => void navigate({ search: { table: id } })} />
          <RecentImports timeZone={timeZone} />
        </div>
      ) : (
        <Table id={table} />
      )}
    </>
  )
}

function Table({ id }: { id: number }) {
  const { t } = useTranslation("imports")
  const { data, error, refetch } = useQuery(goodsImport(id))
  if (data) return <ImportResult table={data} />
  if (error instanceof ApiError && error.isNotFound)
    return (
      <EmptyState title={t("missing")} action={<ButtonLink to="/crm/products/import">{t("another")}</ButtonLink>}>
        {t("missingText")}
      </EmptyState>
    )
  return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={320} />
}
