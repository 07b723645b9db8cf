import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { FileSpreadsheet, PackageOpen } from "lucide-react"
import { useTranslation } from "react-i18next"
import { productList } from "@/features/crm/goods/api"
import { GoodsFilters, type GoodsSearch } from "@/features/crm/goods/goods-filters"
import { saveGoods } from "@/features/crm/exports/api"
import { ExportListButton } from "@/features/crm/exports/export-list-button"
import { GoodsTable } from "@/features/crm/goods/goods-table"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"
import { DeskList, PAGE_SIZE } from "./desk-list"
import classes from "./desk-list-page.module.css"

const route = getRouteApi("/crm/products")

export function DeskProductsPage() {
  const { t } = useTranslation("goods")
  const { q, category, state, ordering, page } = route.useSearch()
  const navigate = route.useNavigate()
  const filters = {
    q,
    category,
    ordering,
    is_active: state === "shown" ? true : state === "hidden" ? false : undefined,
    low_stock: state === "low" ? true : undefined,
  }
  const query = useQuery(productList({ ...filters, page, page_size: PAGE_SIZE }))
  const filtered = Boolean(q ?? category ?? state)
  const change = (part: GoodsSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })

  return (
    <>
      <PageHeader
        title={t("list.title")}
        lead={
          <span aria-live="polite">
            {query.data && !query.isPlaceholderData ? t("list.found", { count: query.data.count }) : t("list.lead")}
          </span>
        }
        actions={
          <>
            <ButtonLink to="/crm/products/import" leftSection={<FileSpreadsheet size={18} aria-hidden />}>
              {t("list.import")}
            </ButtonLink>
            <ButtonLink variant="primary" to="/crm/products/new">
              {t("list.new")}
            </ButtonLink>
          </>
        }
      />
      <GoodsFilters search={{ q, category, state }} onChange={change} />
      {query.data && query.data.count > 0 && (
        <div className={classes.tools}>
          <div className={classes.end}>
            <ExportListButton size="xs" onSave={(choice) => saveGoods(filters, choice)} />
          </div>
        </div>
      )}
      <DeskList
        query={query}
        page={page}
        onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
        empty={
          filtered || page ? (
            <EmptyState
              title={t(state === "low" && !q && !category ? "list.noneLow" : "list.noneFound")}
              icon={<PackageOpen size={22} />}
              action={<Button onClick={() => void navigate({ search: {} })}>{t("list.showAll")}</Button>}
            >
              {t(state === "low" && !q && !category ? "list.noneLowText" : "list.noneFoundText")}
            </EmptyState>
          ) : (
            <EmptyState
              title={t("list.none")}
              icon={<PackageOpen size={22} />}
              action={
                <ButtonLink to="/crm/products/new">
                  {t("list.first")}
                </ButtonLink>
              }
            >
              {t("list.noneText")}
            </EmptyState>
          )
        }
      >
        {(rows) => (
          <GoodsTable
            rows={rows}
            ordering={ordering}
            onOrdering={(ordering) =>
              void navigate({ search: (old) => ({ ...old, ordering: ordering as typeof old.ordering, page: undefined }), resetScroll: false })
            }
          />
        )}
      </DeskList>
    </>
  )
}
