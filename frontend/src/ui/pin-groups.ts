export interface Pin {
  id: number
  latitude: number
  longitude: number
  /** What stands in the pin; a dot where it is "". */
  text: string
  /** The whole of it, for those who hear the map. */
  name: string
  /** The town it stands in: written on the map where there are no pictures of the land. */
  place: string
}

/** Degrees. */
export interface Box {
  south: number
  west: number
  north: number
  east: number
}

export interface Spot {
  x: number
  y: number
}

/** How near two pins may stand before one of them hides the other or its name, in pixels. */
const REACH = { x: 78, y: 52 }

/**
 * Gather what would overlap on the screen. Each group stands where its first member does, so no two groups
 * overlap, and groups stay the same while the map is dragged.
 */
export function groupPins<Pin>(pins: Pin[], spotOf: (pin: Pin) => Spot): Pin[][] {
  const groups: { at: Spot; pins: Pin[] }[] = []
  for (const pin of pins) {
    const spot = spotOf(pin)
    const near = groups.find(({ at }) => Math.abs(at.x - spot.x) < REACH.x && Math.abs(at.y - spot.y) < REACH.y)
    if (near) near.pins.push(pin)
    else groups.push({ at: spot, pins: [pin] })
  }
  return groups.map((group) => group.pins)
}
