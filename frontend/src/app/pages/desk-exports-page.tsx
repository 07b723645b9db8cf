import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { FileDown } from "lucide-react"
import { useTranslation } from "react-i18next"
import { exportList } from "@/features/crm/exports/api"
import { ExportTable } from "@/features/crm/exports/export-table"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"
import { DeskList, PAGE_SIZE } from "./desk-list"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/exports")

/** Long lists as files: those being made, and those that wait to be taken. */
export function DeskExportsPage() {
  const { t } = useTranslation("exports")
  const { page } = route.useSearch()
  const navigate = route.useNavigate()
  const timeZone = useDeskZone()
  const query = useQuery(exportList({ page, page_size: PAGE_SIZE }))
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <DeskList
        query={query}
        page={page}
        onPage={(page) => void navigate({ search: { page } })}
        empty={
          <EmptyState title={t("none")} icon={<FileDown size={22} />}>
            {t("noneText")}
          </EmptyState>
        }
      >
        {(rows) => <ExportTable rows={rows} timeZone={timeZone} />}
      </DeskList>
    </>
  )
}
