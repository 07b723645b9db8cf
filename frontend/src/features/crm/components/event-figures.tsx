import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { ErrorState } from "@/ui/error-state"
import { Money } from "@/ui/money"
import { Skeleton } from "@/ui/skeleton"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import { eventFigures } from "../api/events"

/** How the event sells and who came. */
export function EventFigures({ id }: { id: number }) {
  const { t } = useTranslation("crm")
  const { data, error, isPending, refetch } = useQuery(eventFigures(id))
  if (isPending) return <Skeleton height={104} />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  const { tickets_sold: sold, tickets_total: total, tickets_left: left, tickets_held: held, checked_in: came, expected } = data
  const isScarce = total > 0 && left > 0 && left <= total / 10
  return (
    <StatTiles>
      <StatTile label={t("figures.ticketsSold")} value={t("figures.count", { count: sold })} hint={t("eventPage.ofAll", { count: total })} />
      <StatTile
        label={t("eventPage.left")}
        value={t("figures.count", { count: left })}
        hint={held > 0 ? t("eventPage.held", { count: held }) : undefined}
        tone={isScarce ? "warm" : "plain"}
      />
      <StatTile
        label={t("figures.revenue")}
        value={<Money amount={data.revenue} currency={data.currency} />}
        hint={t("orders.found", { count: data.orders })}
      />
      <StatTile label={t("eventPage.came")} value={t("figures.count", { count: came })} hint={t("eventPage.expected", { count: expected })} />
    </StatTiles>
  )
}
