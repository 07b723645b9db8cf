import { lazy, Suspense, useState, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { MapPlace } from "@/lib/map-place"
import { mapTiles } from "@/lib/map-tiles"
import { useLanguage } from "@/lib/use-language"
import type { Box, Pin } from "./pin-groups"
import { Skeleton } from "./skeleton"
import classes from "./pin-map.module.css"

const Body = lazy(async () => ({ default: (await import("./pin-map-body")).PinMapBody }))

interface Props {
  label: string
  /** At least one. The map begins with all of them in sight, unless `start` says where. */
  pins: Pin[]
  start?: MapPlace
  /** Those that are pointed at or opened from elsewhere. */
  active: number[]
  /** In words: "5 events, Almaty". */
  nameGroup: (pins: Pin[]) => string
  /** One pin, or several that stand on the same spot. */
  onOpen: (ids: number[]) => void
  onMove: (box: Box, place: MapPlace) => void
  /** Drawn over the map: what was opened. */
  children?: ReactNode
}

/**
 * Pins with a word in each, gathered where they would hide each other. Where pictures of the land cannot be had,
 * the pins stand at their true places on an empty sheet, with the towns written on it.
 */
export function PinMap({ children, ...rest }: Props) {
  const { t } = useTranslation()
  const [tiles] = useState(mapTiles)
  const [isLost, setIsLost] = useState(false)
  const language = useLanguage()
  const isPlain = !tiles || isLost
  return (
    <div className={classes.frame} data-plain={isPlain || undefined}>
      <Suspense fallback={<Skeleton height="100%" />}>
        <Body key={language} {...rest} tiles={isLost ? null : tiles} onLost={() => setIsLost(true)} />
      </Suspense>
      {isPlain && <p className={classes.note}>{t(isLost ? "map.lost" : "map.plain")}</p>}
      {children}
    </div>
  )
}
