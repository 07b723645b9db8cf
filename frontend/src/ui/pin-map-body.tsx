import { useEffect, useEffectEvent, useRef } from "react"
import { useTranslation } from "react-i18next"
import "leaflet/dist/leaflet.css"
import type { MapPlace } from "@/lib/map-place"
import type { Box, Pin } from "./pin-groups"
import { PinLayer } from "./pin-layer"
import type { Tiles } from "./tile-layer"
import classes from "./pin-map.module.css"

interface Props {
  label: string
  pins: Pin[]
  start?: MapPlace
  active: number[]
  tiles: Tiles | null
  nameGroup: (pins: Pin[]) => string
  onOpen: (ids: number[]) => void
  onMove: (box: Box, place: MapPlace) => void
  onLost: () => void
}

/** The map itself, loaded only where one is looked at. */
export function PinMapBody({ label, pins, start, active, tiles, nameGroup, ...listeners }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const layer = useRef<PinLayer | null>(null)
  const open = useEffectEvent(listeners.onOpen)
  const move = useEffectEvent(listeners.onMove)
  const lose = useEffectEvent(listeners.onLost)
  const words = useEffectEvent(() => ({ zoomIn: t("map.zoomIn"), zoomOut: t("map.zoomOut"), nameGroup }))
  const first = useEffectEvent(() => ({ pins, place: start }))

  useEffect(() => {
    if (!box.current) return
    const made = new PinLayer(box.current, first(), words(), {
      onOpen: (ids) => open(ids),
      onMove: (seen, place) => move(seen, place),
      onLost: () => lose(),
    })
    layer.current = made
    return () => made.remove()
  }, [])
  useEffect(() => layer.current?.setGround(tiles), [tiles])
  useEffect(() => layer.current?.setPins(pins), [pins])
  useEffect(() => layer.current?.setActive(active), [active])

  return <div ref={box} className={classes.map} role="application" aria-label={label} />
}
