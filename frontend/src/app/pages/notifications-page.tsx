import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { Bell } from "lucide-react"
import { useTranslation } from "react-i18next"
import { notificationList, useMarkAllRead, useMarkRead } from "@/features/accounts/api/notifications"
import { NotificationList } from "@/features/accounts/components/notification-list"
import { SilenceList } from "@/features/accounts/components/silence-list"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"

const PAGE_SIZE = 20
const route = getRouteApi("/storefront/personal/account/notifications")

export function NotificationsPage() {
  const { t } = useTranslation(["accounts", "common"])
  const { page = 1 } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(notificationList({ page, page_size: PAGE_SIZE }))
  const read = useMarkRead()
  const readAll = useMarkAllRead()
  const newest = data?.results[0]
  const hasUnread = data?.results.some((notice) => notice.read_at === null) ?? false
  return (
    <>
      <PageHeader
        title={t("common:nav.notifications")}
        actions={
          newest && hasUnread ? (
            <Button loading={readAll.isPending} onClick={() => readAll.mutate(newest.id)}>
              {t("notices.readAll")}
            </Button>
          ) : null
        }
      />
      <FormProblem error={readAll.error} />
      {isPending ? (
        <ListSkeleton rows={5} height={104} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState
          title={t("notices.emptyTitle")}
          icon={<Bell size={22} />}
          action={
            <ButtonLink to="/events" variant="primary">
              {t("confirm.events")}
            </ButtonLink>
          }
        >
          {t("notices.emptyText")}
        </EmptyState>
      ) : (
        <>
          <NotificationList
            notices={data.results}
            onOpen={(notice) => {
              if (notice.read_at === null) read.mutate(notice.id)
            }}
          />
          <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={(next) => void navigate({ search: { page: next } })} />
        </>
      )}
      <SilenceList />
    </>
  )
}
