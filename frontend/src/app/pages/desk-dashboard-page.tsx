import { useQuery } from "@tanstack/react-query"
import { getRouteApi } from "@tanstack/react-router"
import { CalendarPlus } from "lucide-react"
import { useTranslation } from "react-i18next"
import { dashboard } from "@/features/crm/api/dashboard"
import { eventList } from "@/features/crm/api/events"
import { productList } from "@/features/crm/goods/api"
import { ConversionCard } from "@/features/crm/components/conversion-card"
import { DashboardEvent } from "@/features/crm/components/dashboard-event"
import { DashboardFigures } from "@/features/crm/components/dashboard-figures"
import { BestSellers, ComingEvents, LowStock, ToDoNow } from "@/features/crm/components/dashboard-lists"
import { PeriodPicker } from "@/features/crm/components/period-picker"
import { RevenueChart } from "@/features/crm/components/revenue-chart"
import { useDashboardCsv } from "@/features/crm/components/use-dashboard-csv"
import { addDays, dayIn, formatDayRange } from "@/lib/dates"
import { useLanguage } from "@/lib/use-language"
import { ButtonLink } from "@/ui/button-link"
import { ZoneName } from "@/ui/date-time"
import { ExportButton } from "@/ui/export-button"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { PageHeader } from "@/ui/page-header"
import { ListSkeleton, Skeleton } from "@/ui/skeleton"
import classes from "./desk-dashboard-page.module.css"
import { useDeskZone } from "./desk-zone"

const route = getRouteApi("/crm/")

export function DeskDashboardPage() {
  const { t } = useTranslation(["crm", "common"])
  const language = useLanguage()
  const timeZone = useDeskZone()
  const wish = route.useSearch()
  const { event, ...period } = wish
  const ofEvent = event !== undefined
  const navigate = route.useNavigate()
  const { data, error, isPlaceholderData, refetch } = useQuery(dashboard(wish))
  const hasSold = ofEvent || data === undefined || data.totals.orders + data.previous.orders + data.upcoming_events.length > 0
  // Whether there is anything to sell matters only to somebody who has sold nothing in these days.
  const { data: events } = useQuery({ ...eventList({ page_size: 1 }), enabled: !hasSold })
  const { data: products } = useQuery({ ...productList({ page_size: 1 }), enabled: !hasSold })
  // Nothing sold and nothing to sell: columns of zeros would say nothing.
  const isNew = !hasSold && events?.count === 0 && products?.count === 0
  const today = dayIn(timeZone)
  const saveFigures = useDashboardCsv()
  const shown =
    data && !isPlaceholderData
      ? data.totals
      : { date_from: period.date_from ?? addDays(period.date_to ?? today, -29), date_to: period.date_to ?? today }

  return (
    <>
      <PageHeader
        title={t("dashboard.title")}
        lead={
          !isNew && (
            <>
              {formatDayRange(shown.date_from, shown.date_to, language)}
              {data && !isPlaceholderData && ` ${t("dashboard.against", { days: formatDayRange(data.previous.date_from, data.previous.date_to, language) })}`}
              {" · "}
              <ZoneName timeZone={timeZone} />
            </>
          )
        }
        actions={
          <div className={classes.wish}>
            <DashboardEvent event={event} onChange={(event) => void navigate({ search: { ...period, event }, resetScroll: false })} />
            {data && !isPlaceholderData && !isNew && (
              <ExportButton size="sm" className={classes.save} label={t("csv.button")} isCsvAlone onSave={(choice) => saveFigures(data, choice)} />
            )}
          </div>
        }
      />
      {!isNew && (
        <div className={classes.period}>
          <PeriodPicker
            period={period}
            timeZone={timeZone}
            shown={shown}
            onChange={(chosen) => void navigate({ search: { ...chosen, event }, resetScroll: false })}
          />
        </div>
      )}
      {data ? (
        <div className={classes.page} aria-busy={isPlaceholderData} data-stale={isPlaceholderData || undefined}>
          {error && <ErrorState error={error} onRetry={refetch} />}
          {isNew && (
            <EmptyState
              title={t("dashboard.first")}
              icon={<CalendarPlus size={22} />}
              action={
                <>
                  <ButtonLink to="/crm/events/new" variant="primary">
                    {t("events.new")}
                  </ButtonLink>
                  <ButtonLink to="/crm/products/new">{t("dashboard.firstProduct")}</ButtonLink>
                </>
              }
            >
              {t("dashboard.firstText")}
            </EmptyState>
          )}
          {!isNew && (
            <>
              <DashboardFigures data={data} ofEvent={ofEvent} />
              {!ofEvent && <ToDoNow data={data} />}
              <div className={classes.columns}>
                <div className={classes.main}>
                  <RevenueChart data={data} />
                  <ConversionCard data={data} />
                  {!ofEvent && <BestSellers data={data} />}
                </div>
                <div className={classes.side}>
                  {ofEvent ? (
                    <BestSellers data={data} event={event} />
                  ) : (
                    <>
                      <ComingEvents data={data} />
                      <LowStock data={data} />
                    </>
                  )}
                </div>
              </div>
            </>
          )}
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div className={classes.page}>
          <ListSkeleton rows={5} height={92} className={classes.tiles} />
          <div className={classes.columns}>
            <Skeleton height={340} />
            <Skeleton height={340} />
          </div>
        </div>
      )}
    </>
  )
}
