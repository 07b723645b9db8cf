import { tileLayer, type Map, type TileLayer } from "leaflet"

export interface Tiles {
  address: string
  credit: string
}

/** Lay the pictures of the map under everything; `onLost` when not one of them can be fetched. */
export function addTiles(map: Map, tiles: Tiles, onLost: () => void): TileLayer {
  let arrived = 0
  return tileLayer(tiles.address, { maxZoom: 19, attribution: tiles.credit })
    .on("tileload", () => {
      arrived += 1
    })
    .on("tileerror", () => {
      if (arrived === 0) onLost()
    })
    .addTo(map)
}
