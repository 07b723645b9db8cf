import { useTranslation } from "react-i18next"
import { Money } from "@/ui/money"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import type { Dashboard } from "../api/dashboard"
import { changeSince } from "../comparison"

/** The totals of the period, each beside the same figure of the period before. */
export function DashboardFigures({ data, ofEvent }: { data: Dashboard; ofEvent: boolean }) {
  const { t } = useTranslation("crm")
  const { currency, previous, totals } = data
  return (
    <StatTiles>
      <StatTile
        label={t("figures.revenue")}
        value={<Money amount={totals.revenue} currency={currency} />}
        hint={<Change before={previous.revenue} now={totals.revenue} />}
      />
      <StatTile label={t("figures.orders")} value={<Count of={totals.orders} />} hint={<Change before={previous.orders} now={totals.orders} />} />
      <StatTile
        label={t("figures.ticketsSold")}
        value={<Count of={totals.tickets_sold} />}
        hint={
          <>
            <Change before={previous.tickets_sold} now={totals.tickets_sold} />
            {(!ofEvent || data.upcoming_events.length > 0) && (
              <>
                <br />
                {t(ofEvent ? "figures.ticketsLeftHere" : "figures.ticketsLeft", { count: data.tickets_left })}
              </>
            )}
          </>
        }
      />
      {!ofEvent && (
        <StatTile
          label={t("figures.goodsSold")}
          value={<Count of={totals.goods_sold} />}
          hint={<Change before={previous.goods_sold} now={totals.goods_sold} />}
        />
      )}
      <StatTile
        label={t("figures.checkIns")}
        value={<Count of={totals.check_ins} />}
        hint={
          <>
            <Change before={previous.check_ins} now={totals.check_ins} />
            {data.attendance.tickets > 0 && (
              <>
                <br />
                {t("figures.attendance", { share: data.attendance.came / data.attendance.tickets, count: data.attendance.tickets })}
              </>
            )}
          </>
        }
      />
      <StatTile
        label={t("figures.refunded")}
        value={<Money amount={totals.refunded} currency={currency} />}
        hint={<Change before={previous.refunded} now={totals.refunded} />}
      />
    </StatTiles>
  )
}

function Count({ of }: { of: number }) {
  return useTranslation("crm").t("figures.count", { count: of })
}

function Change({ before, now }: { before: string | number; now: string | number }) {
  const { t } = useTranslation("crm")
  const change = changeSince(before, now)
  if (change === null) return t(Number(now) === 0 ? "change.none" : "change.new")
  // A whole per cent is as fine as anyone reads it.
  const share = Math.round(Math.abs(change) * 100) / 100
  return share === 0 ? t("change.same") : t(change > 0 ? "change.more" : "change.less", { share })
}
