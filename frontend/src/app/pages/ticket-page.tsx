import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ticketDetail } from "@/features/checkout/api/tickets"
import { BackToTickets, TicketView } from "@/features/checkout/components/ticket-view"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"

const route = getRouteApi("/storefront/personal/tickets/$ticketId")

export function TicketPage() {
  const { t } = useTranslation("checkout")
  const { ticketId } = route.useParams()
  const { data, error, refetch } = useQuery(ticketDetail(ticketId))
  return (
    <>
      <PageHeader title={data?.event.title ?? t("ticket.title")} kicker={<BackToTickets />} />
      {data ? <TicketView ticket={data} /> : error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={560} />}
    </>
  )
}
