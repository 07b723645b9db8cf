import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { Mail } from "lucide-react"
import { useTranslation } from "react-i18next"
import { mailingList } from "@/features/crm/mailings/api"
import { MailingTable } from "@/features/crm/mailings/mailing-table"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { PageHeader } from "@/ui/page-header"
import { DeskList, PAGE_SIZE } from "./desk-list"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/mailings")

/** Everything written to many, and what is still a draft. */
export function DeskMailingsPage() {
  const { t } = useTranslation("mailings")
  const timeZone = useDeskZone()
  const { page } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(mailingList({ page, page_size: PAGE_SIZE }))
  const write = (
    <ButtonLink to="/crm/mailings/new" variant="primary">
      {t("new")}
    </ButtonLink>
  )
  const isEmpty = query.data?.count === 0
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={!isEmpty && write} />
      <DeskList
        query={query}
        page={page}
        onPage={(page) => void navigate({ search: { page } })}
        empty={
          <EmptyState title={t("none")} icon={<Mail size={22} />} action={write}>
            {t("noneText")}
          </EmptyState>
        }
      >
        {(rows) => <MailingTable rows={rows} timeZone={timeZone} />}
      </DeskList>
    </>
  )
}
