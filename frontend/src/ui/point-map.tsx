import { divIcon, map as makeMap, marker as makeMarker, type Map, type Marker } from "leaflet"
import { useEffect, useEffectEvent, useRef } from "react"
import "leaflet/dist/leaflet.css"
import { addTiles, type Tiles } from "./tile-layer"
import classes from "./point-field.module.css"

interface Props {
  label: string
  tiles: Tiles
  point: [number, number] | null
  centre: [number, number]
  onPoint: (point: [number, number]) => void
  /** No picture of the map could be fetched. */
  onLost: () => void
}

/** The map itself, loaded only where a point is set. */
export function PointMap({ label, tiles, point, centre, onPoint, onLost }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<Map | null>(null)
  const pin = useRef<Marker | null>(null)
  const tell = useEffectEvent(onPoint)
  const lose = useEffectEvent(onLost)
  const start = useEffectEvent(() => ({ at: point ?? centre, zoom: point ? 15 : 11, tiles }))

  useEffect(() => {
    if (!box.current) return
    const { at, zoom, tiles: pictures } = start()
    const made = makeMap(box.current, { scrollWheelZoom: false }).setView(at, zoom)
    addTiles(made, pictures, lose)
    made.on("click", ({ latlng }) => tell([latlng.lat, latlng.lng]))
    map.current = made
    return () => {
      made.remove()
      map.current = null
      pin.current = null
    }
  }, [])

  const [latitude, longitude] = point ?? []
  useEffect(() => {
    if (!map.current) return
    if (latitude === undefined || longitude === undefined) {
      pin.current?.remove()
      pin.current = null
      return
    }
    if (!pin.current) {
      const icon = divIcon({ className: classes.pin ?? "", iconSize: [22, 22], iconAnchor: [11, 26] })
      pin.current = makeMarker([latitude, longitude], { draggable: true, icon, keyboard: false }).addTo(map.current)
      pin.current.on("dragend", () => {
        const at = pin.current?.getLatLng()
        if (at) tell([at.lat, at.lng])
      })
    }
    pin.current.setLatLng([latitude, longitude])
    if (!map.current.getBounds().contains([latitude, longitude])) map.current.setView([latitude, longitude])
  }, [latitude, longitude])

  return <div ref={box} className={classes.map} role="application" aria-label={label} />
}
