/** Where a map looks: at what, and from how near. */
export interface MapPlace {
  latitude: number
  longitude: number
  zoom: number
}

// As near as any map here comes, and as far.
const ZOOM = { min: 2, max: 17 }

/** Read what `writePlace` wrote; undefined for anything else, or for a place that is not on a map. */
export function readPlace(text: string): MapPlace | undefined {
  const found = /^(-?\d{1,2}(?:\.\d{1,6})?)_(-?\d{1,3}(?:\.\d{1,6})?)_(\d{1,2})$/.exec(text)
  if (!found) return undefined
  const [latitude, longitude, zoom] = found.slice(1).map(Number) as [number, number, number]
  const isOnMap = Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180
  return isOnMap && zoom >= ZOOM.min && zoom <= ZOOM.max ? { latitude, longitude, zoom } : undefined
}

/** "43.2389_76.9455_12": latitude, longitude to some ten metres, and zoom, in signs that an address leaves as they are. */
export function writePlace({ latitude, longitude, zoom }: MapPlace): string {
  return `${Number(latitude.toFixed(4))}_${Number(longitude.toFixed(4))}_${zoom}`
}
