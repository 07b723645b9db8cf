import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { ReceiptText } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { orderList } from "@/features/crm/api/orders"
import { OrderFilters, type OrderSearch } from "@/features/crm/components/order-filters"
import { OrderTable } from "@/features/crm/components/order-table"
import { SavedFilters } from "@/features/crm/components/saved-filters"
import { useOrderColumns } from "@/features/crm/components/use-hideable-columns"
import { saveOrderLines, saveOrders } from "@/features/crm/exports/api"
import { ExportListButton } from "@/features/crm/exports/export-list-button"
import { ZoneName } from "@/ui/date-time"
import { PageHeader } from "@/ui/page-header"
import { useHiddenColumns } from "@/ui/table-tools"
import { DeskList, DeskListTools, NothingListed, PAGE_SIZE } from "./desk-list"
import classes from "./desk-list-page.module.css"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/orders")

export function DeskOrdersPage() {
  const { t } = useTranslation(["crm", "exports"])
  const timeZone = useDeskZone()
  const me = useMe().data?.id ?? 0
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(orderList({ ...search, page_size: PAGE_SIZE }))
  const { data, isPlaceholderData } = query
  const { ordering, page, q, status, customer, date_from, date_to } = search
  const filters = { q, status, customer, date_from, date_to }
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const [hidden, setHidden] = useHiddenColumns("orders")
  const columns = useOrderColumns()

  const change = (part: Partial<OrderSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, page: undefined }), replace: true, resetScroll: false })

  return (
    <>
      <PageHeader
        title={t("orders.title")}
        lead={
          <>
            <span aria-live="polite">{data && !isPlaceholderData && `${t("orders.found", { count: data.count })} · `}</span>
            <ZoneName timeZone={timeZone} />
          </>
        }
      />
      <OrderFilters search={filters} onChange={change} />
      <div className={classes.tools}>
        <SavedFilters
          name={`orders.${me}`}
          search={filters}
          onChoose={(chosen) => void navigate({ search: { ...(chosen as OrderSearch), ordering }, resetScroll: false })}
        />
        {data && data.count > 0 && (
          <DeskListTools columns={columns} hidden={hidden} onHidden={setHidden}>
            <ExportListButton
              size="xs"
              tables={[
                { value: "orders", label: t("exports:rows.orders") },
                { value: "order_lines", label: t("exports:rows.order_lines") },
              ]}
              onSave={(choice, table) => (table === "order_lines" ? saveOrderLines : saveOrders)({ ...filters, ordering }, choice)}
            />
          </DeskListTools>
        )}
      </div>
      <DeskList
        query={query}
        page={page}
        onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
        empty={
          <NothingListed
            title={t(filtered ? "orders.noneFound" : "orders.none")}
            icon={<ReceiptText size={22} />}
            showAll={(filtered || page !== undefined) && t("orders.showAll")}
            onShowAll={() => void navigate({ search: {} })}
          >
            {t(filtered ? "orders.noneFoundText" : "orders.noneText")}
          </NothingListed>
        }
      >
        {(rows) => (
          <OrderTable
            rows={rows}
            timeZone={timeZone}
            hidden={hidden}
            ordering={ordering ?? "-paid_at"}
            onOrdering={(ordering) =>
              void navigate({ search: (old) => ({ ...old, ordering: ordering as typeof old.ordering, page: undefined }), resetScroll: false })
            }
          />
        )}
      </DeskList>
    </>
  )
}
