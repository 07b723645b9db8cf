import { Button } from "@mantine/core"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { mapTiles } from "@/lib/map-tiles"
import { Skeleton } from "./skeleton"
import classes from "./point-field.module.css"

const Body = lazy(async () => ({ default: (await import("./point-map")).PointMap }))

export interface Point {
  latitude: string
  longitude: string
}

interface Props {
  label: string
  /** Degrees as decimal strings, "" for none. */
  latitude: string
  longitude: string
  /** Where the map looks while there is no point. */
  centre: [number, number]
  onChange: (point: Point | null) => void
}

/**
 * A point on a map, beside the fields of its coordinates: those are the way without a map, without a mouse and
 * without a network, so the map may go away when its pictures cannot be fetched.
 */
export function PointField({ label, latitude, longitude, centre, onChange }: Props) {
  const { t } = useTranslation()
  const [tiles] = useState(mapTiles)
  const [isLost, setIsLost] = useState(false)
  const point: [number, number] | null =
    latitude !== "" && longitude !== "" && Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180
      ? [Number(latitude), Number(longitude)]
      : null
  if (!tiles || isLost) return <p className={classes.hint}>{t("map.noTiles")}</p>
  return (
    <div className={classes.field} role="group" aria-label={label}>
      <span className={classes.label}>{label}</span>
      <span className={classes.hint}>{t("map.hint")}</span>
      <Suspense fallback={<Skeleton height={300} />}>
        <Body
          label={label}
          tiles={tiles}
          point={point}
          centre={centre}
          onPoint={([lat, lng]) => onChange({ latitude: lat.toFixed(6), longitude: lng.toFixed(6) })}
          onLost={() => setIsLost(true)}
        />
      </Suspense>
      {point && (
        <Button size="xs" className={classes.remove} onClick={() => onChange(null)}>
          {t("map.remove")}
        </Button>
      )}
    </div>
  )
}
