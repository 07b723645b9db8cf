import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useMemo, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatDate } from "@/lib/dates"
import { readPlace, writePlace, type MapPlace } from "@/lib/map-place"
import { formatMoney, isZero } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import type { Box } from "@/ui/pin-groups"
import { PinMap } from "@/ui/pin-map"
import { Skeleton } from "@/ui/skeleton"
import { eventPoints, type EventPoint, type PointFilters } from "../api/events"
import { PointRow } from "./point-row"
import classes from "./event-map.module.css"

interface Props {
  filters: PointFilters
  /** How many events these filters leave, on the map or not; undefined until it is known. */
  count?: number
  /** Where the address says to begin; else with every event in sight. */
  at?: string
  /** The map was moved: where it looks now, as the address says it. */
  onPlace: (at: string) => void
  onList: () => void
}

const nobody: number[] = []

/** Where the events are, beside the same events in words. Draw it anew (`key`) for other filters. */
export function EventMap({ filters, count, at, onPlace, onList }: Props) {
  const { t } = useTranslation(["events", "common"])
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const opener = useRef<Element | null>(null)
  const [view, setView] = useState<Box>()
  const [box, setBox] = useState<Box>()
  const [opened, setOpened] = useState(nobody)
  const [pointed, setPointed] = useState<number | null>(null)
  const { data, error, isPending, refetch } = useQuery({
    ...eventPoints({ ...filters, ...asQuery(box) }),
    placeholderData: (before) => before, // the pins stay while a part of the map is asked for
  })

  const points = useMemo(() => data?.results ?? [], [data])
  const pins = useMemo(
    () =>
      points.map((point) => {
        const price = point.price_from && (isZero(point.price_from) ? t("common:money.free") : formatMoney(point.price_from, point.currency, language))
        return {
          id: point.id,
          latitude: Number(point.latitude),
          longitude: Number(point.longitude),
          text: price ?? "",
          name: [point.title, formatDate(point.start_datetime, "dateTime", language, point.timezone), price].filter(Boolean).join(", "),
          place: point.city,
        }
      }),
    [points, language, t],
  )
  const active = useMemo(() => (pointed === null ? opened : [...opened, pointed]), [opened, pointed])

  if (isPending) return <Skeleton height={560} />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (points.length === 0 && !box)
    return (
      <EmptyState title={t("map.nowhere")} action={<Button onClick={onList}>{t("map.asList")}</Button>}>
        {t("map.nowhereText")}
      </EmptyState>
    )

  const move = (seen: Box, place: MapPlace) => {
    setView(seen)
    onPlace(writePlace(place))
    // The answer for the whole Earth was cut: from now on the map asks for what is in sight.
    if (box || !data.complete) setBox(wider(seen))
  }
  const close = () => {
    setOpened(nobody)
    const back = opener.current?.isConnected ? opener.current : frame.current?.querySelector(".leaflet-container")
    if (back instanceof HTMLElement) back.focus()
  }
  const inView = view ? points.filter((point) => isInside(point, view)) : points
  const elsewhere = data.complete && !box && count !== undefined ? count - points.length : 0

  return (
    <div className={classes.both}>
      <div ref={frame} className={classes.map}>
        <PinMap
          label={t("map.title")}
          pins={pins}
          active={active}
          start={at ? readPlace(at) : undefined}
          nameGroup={(group) => [t("map.group", { count: group.length }), ...new Set(group.map((pin) => pin.place))].join(", ")}
          onOpen={(ids) => {
            opener.current = document.activeElement
            setOpened(ids)
          }}
          onMove={move}
        >
          {opened.length > 0 && (
            <OpenedPoints points={points.filter((point) => opened.includes(point.id))} onClose={close} />
          )}
        </PinMap>
      </div>
      <section className={classes.list} aria-label={t("map.list")}>
        <p className={classes.count} aria-live="polite">
          {t("map.inView", { count: inView.length })}
          {!data.complete && ` ${t("map.cut")}`}
        </p>
        <ul className={classes.rows}>
          {inView.map((point) => (
            <li key={point.id}>
              <PointRow point={point} onPoint={(isPointed) => setPointed(isPointed ? point.id : null)} />
            </li>
          ))}
        </ul>
        {elsewhere > 0 && (
          <p className={classes.elsewhere}>
            {t("map.elsewhere", { count: elsewhere })}{" "}
            <button type="button" onClick={onList}>
              {t("map.asList")}
            </button>
          </p>
        )}
      </section>
    </div>
  )
}

function OpenedPoints({ points, onClose }: { points: EventPoint[]; onClose: () => void }) {
  const { t } = useTranslation(["events", "common"])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from whatever in it has the focus
    <section
      className={classes.card}
      aria-label={t("map.opened")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      ref={(card) => card?.querySelector("a")?.focus({ preventScroll: true })}
    >
      <button type="button" className={classes.close} aria-label={t("common:close")} onClick={onClose}>
        <X size={18} aria-hidden />
      </button>
      <ul className={classes.rows}>
        {points.map((point) => (
          <li key={point.id}>
            <PointRow point={point} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function isInside({ latitude, longitude }: EventPoint, { south, west, north, east }: Box): boolean {
  return Number(latitude) >= south && Number(latitude) <= north && Number(longitude) >= west && Number(longitude) <= east
}

/** Rounded outwards, so that a nudge of the map is not another question. */
function wider({ south, west, north, east }: Box): Box {
  return {
    south: Math.max(-90, Math.floor(south * 10) / 10),
    west: Math.max(-180, Math.floor(west * 10) / 10),
    north: Math.min(90, Math.ceil(north * 10) / 10),
    east: Math.min(180, Math.ceil(east * 10) / 10),
  }
}

function asQuery(box: Box | undefined) {
  return box && { south: box.south.toFixed(1), west: box.west.toFixed(1), north: box.north.toFixed(1), east: box.east.toFixed(1) }
}
