import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { FileSpreadsheet, Mail, Search, Users } from "lucide-react"
import { useTranslation } from "react-i18next"
import { customerList, customerTags } from "@/features/crm/api/customers"
import { Chips } from "@/features/crm/components/chips"
import { CustomerTable } from "@/features/crm/components/customer-table"
import { FilterLine } from "@/ui/filter-line"
import { useCustomerColumns } from "@/features/crm/components/use-hideable-columns"
import { saveCustomers } from "@/features/crm/exports/api"
import { ExportListButton } from "@/features/crm/exports/export-list-button"
import { ButtonLink } from "@/ui/button-link"
import { PageHeader } from "@/ui/page-header"
import { useHiddenColumns } from "@/ui/table-tools"
import { DeskList, DeskListTools, NothingListed, PAGE_SIZE } from "./desk-list"
import classes from "./desk-list-page.module.css"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/customers")

export function DeskCustomersPage() {
  const { t } = useTranslation(["crm", "desk"])
  const timeZone = useDeskZone()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(customerList({ ...search, page_size: PAGE_SIZE }))
  const { data, isPlaceholderData } = query
  const { ordering = "-last_order_at", page, q, tag } = search
  const filtered = q !== undefined || tag !== undefined
  const [hidden, setHidden] = useHiddenColumns("customers")
  const columns = useCustomerColumns()
  const tags = useQuery(customerTags()).data ?? []
  // A tag nobody has any more, or spelt otherwise, is still in force and can be seen to be.
  const named = tags.find(({ name }) => name.toLowerCase() === tag?.toLowerCase())?.name ?? tag
  const names = [undefined, ...new Set([...tags.map(({ name }) => name), ...(named ? [named] : [])])]

  return (
    <>
      <PageHeader
        title={t("customers.title")}
        lead={<span aria-live="polite">{data && !isPlaceholderData ? t("customers.found", { count: data.count }) : t("customers.lead")}</span>}
        actions={
          data &&
          data.count > 0 && (
            <>
              <ButtonLink to="/crm/customers/import" leftSection={<FileSpreadsheet size={18} aria-hidden />}>
                {t("desk:customers.import")}
              </ButtonLink>
              <ButtonLink to="/crm/mailings/new" search={{ q, tag }} leftSection={<Mail size={18} aria-hidden />}>
                {t("desk:customers.write")}
              </ButtonLink>
            </>
          )
        }
      />
      <div className={classes.search}>
        <FilterLine
          label={t("orders.search")}
          placeholder={t("customers.searchHint")}
          leftSection={<Search size={18} aria-hidden />}
          value={q}
          onSettle={(q) => void navigate({ search: (old) => ({ ...old, q, page: undefined }), replace: true, resetScroll: false })}
        />
      </div>
      {names.length > 1 && (
        <div className={classes.chips}>
          <Chips
            label={t("tags.title")}
            options={names.map((value) => ({ value, label: value ?? t("tags.any") }))}
            chosen={named}
            onChoose={(tag) => void navigate({ search: (old) => ({ ...old, tag, page: undefined }), resetScroll: false })}
          />
        </div>
      )}
      {data && data.count > 0 && (
        <div className={classes.tools}>
          <DeskListTools columns={columns} hidden={hidden} onHidden={setHidden}>
            <ExportListButton size="xs" onSave={(choice) => saveCustomers({ q, tag, ordering }, choice)} />
          </DeskListTools>
        </div>
      )}
      <DeskList
        query={query}
        page={page}
        onPage={(page) => void navigate({ search: (old) => ({ ...old, page }) })}
        empty={
          <NothingListed
            title={t(filtered ? "orders.noneFound" : "customers.none")}
            icon={<Users size={22} />}
            showAll={(filtered || page !== undefined) && t("customers.showAll")}
            onShowAll={() => void navigate({ search: {} })}
          >
            {t(filtered ? "customers.noneFoundText" : "customers.noneText")}
          </NothingListed>
        }
      >
        {(rows) => (
          <CustomerTable
            rows={rows}
            timeZone={timeZone}
            ordering={ordering}
            hidden={hidden}
            onOrdering={(ordering) =>
              void navigate({ search: (old) => ({ ...old, ordering: ordering as typeof old.ordering, page: undefined }), resetScroll: false })
            }
          />
        )}
      </DeskList>
    </>
  )
}
