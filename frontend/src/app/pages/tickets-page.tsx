import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { Ticket } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useMe } from "@/features/accounts/api/me"
import { ticketList } from "@/features/checkout/api/tickets"
import { OfflineNotice } from "@/features/checkout/components/ticket-view"
import { IncomingTickets } from "@/features/checkout/components/incoming-tickets"
import { TicketCards } from "@/features/checkout/components/ticket-cards"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"
import classes from "./tickets-page.module.css"

const PAGE_SIZE = 20
const route = getRouteApi("/storefront/personal/tickets")

export function TicketsPage() {
  const { t } = useTranslation(["checkout", "common"])
  const { page = 1, when = "upcoming" } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: person } = useMe()
  const { data, error, isPending, refetch } = useQuery(ticketList({ page, when, page_size: PAGE_SIZE }))
  return (
    <>
      <PageHeader
        title={t("tickets")}
        actions={
          <nav aria-label={t("ticketList.which")} className={classes.tabs}>
            {(["upcoming", "past"] as const).map((which) => (
              <ButtonLink
                key={which}
                to="/tickets"
                search={which === "past" ? { when: which } : {}}
                activeOptions={{ exact: true, includeSearch: true }}
                className={classes.tab}
                aria-current={which === when ? "page" : undefined}
              >
                {t(`ticketList.${which}`)}
              </ButtonLink>
            ))}
          </nav>
        }
      />
      <OfflineNotice />
      <IncomingTickets name={person ? `${person.first_name} ${person.last_name}`.trim() : ""} />
      {isPending ? (
        <ListSkeleton rows={3} height={150} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data.results.length === 0 ? (
        <EmptyState
          title={t(`ticketList.${when}Empty`)}
          icon={<Ticket size={22} />}
          action={
            <ButtonLink to="/events" variant="primary">
              {t("empty.events")}
            </ButtonLink>
          }
        >
          {t(`ticketList.${when}EmptyText`)}
        </EmptyState>
      ) : (
        <>
          <TicketCards tickets={data.results} />
          <Pager
            page={page}
            count={data.count}
            pageSize={PAGE_SIZE}
            onPage={(next) => void navigate({ search: (old) => ({ ...old, page: next }) })}
          />
        </>
      )}
    </>
  )
}
