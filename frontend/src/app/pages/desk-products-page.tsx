import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { FileSpreadsheet, PackageOpen } from "lucide-react"
import { useTranslation } from "react-i18next"
import { productList } from "@/features/crm/goods/api"
import { GoodsFilters, type GoodsSearch } from "@/features/crm/goods/goods-filters"
import { GoodsTable } from "@/features/crm/goods/goods-table"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"
import { DeskList, PAGE_SIZE } from "./desk-list"

const route = getRouteApi("/crm/products")

export function DeskProductsPage() {
  const { t } = useTranslation("goods")
  const { q, category, state, ordering, page } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(
    productList({
      q,
      category,
      ordering,
      page,
      is_active: state === "shown" ? true : state === "hidden" ? false : undefined,
      low_stock: state === "low" ? true : undefined,
      page_size: PAGE_SIZE,
    }),
  )
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
