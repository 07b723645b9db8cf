import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { tableImport, type ImportKind } from "@/features/crm/imports/api"
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

const goodsRoute = getRouteApi("/crm/products/import")
const customersRoute = getRouteApi("/crm/customers/import")
const places = {
  goods: { list: "/crm/products", start: "/crm/products/import" },
  customers: { list: "/crm/customers", start: "/crm/customers/import" },
} as const

export function DeskGoodsImportPage() {
  const { table } = goodsRoute.useSearch()
  const navigate = goodsRoute.useNavigate()
  return <ImportPage kind="goods" table={table} onSent={(id) => void navigate({ search: { table: id } })} />
}

export function DeskCustomerImportPage() {
  const { table } = customersRoute.useSearch()
  const navigate = customersRoute.useNavigate()
  return <ImportPage kind="customers" table={table} onSent={(id) => void navigate({ search: { table: id } })} />
}

interface Props {
  kind: ImportKind
  table: number | undefined
  onSent: (id: number) => void
}

/** A table: sent, compared, applied. The address names the one that is looked at. */
function ImportPage({ kind, table, onSent }: Props) {
  const { t } = useTranslation("imports")
  const timeZone = useDeskZone()
  return (
    <>
      <PageHeader
        kicker={
          <Link to={places[kind].list} className={eventClasses.back}>
            ← {t(`${kind}.list`)}
          </Link>
        }
        title={t(`${kind}.title`)}
        lead={t(`${kind}.lead`)}
        actions={table !== undefined && <ButtonLink to={places[kind].start}>{t("another")}</ButtonLink>}
      />
      {table === undefined ? (
        <div className={classes.stack}>
          <ImportStart kind={kind} onSent={onSent} />
          <RecentImports kind={kind} timeZone={timeZone} />
        </div>
      ) : (
        <Table kind={kind} id={table} />
      )}
    </>
  )
}

function Table({ kind, id }: { kind: ImportKind; id: number }) {
  const { t } = useTranslation("imports")
  const { data, error, refetch } = useQuery(tableImport(kind, id))
  if (data) return <ImportResult kind={kind} table={data} />
  if (error instanceof ApiError && error.isNotFound)
    return (
      <EmptyState title={t("missing")} action={<ButtonLink to={places[kind].start}>{t("another")}</ButtonLink>}>
        {t("missingText")}
      </EmptyState>
    )
  return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={320} />
}
