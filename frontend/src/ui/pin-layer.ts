import { control, divIcon, GridLayer, latLngBounds, map as makeMap, marker as makeMarker, type Layer, type Map as LeafletMap, type Marker } from "leaflet"
import type { MapPlace } from "@/lib/map-place"
import { groupPins, type Box, type Pin } from "./pin-groups"
import { addTiles, type Tiles } from "./tile-layer"
import classes from "./pin-map.module.css"

const NEAREST = 17
// A street's width, in degrees: coming nearer would not part them.
const SAME_SPOT = 0.0004

interface Words {
  zoomIn: string
  zoomOut: string
  nameGroup: (pins: Pin[]) => string
}

interface Listeners {
  onOpen: (ids: number[]) => void
  onMove: (box: Box, place: MapPlace) => void
  onLost: () => void
}

/** A map with pins on it, kept apart from React, which only tells it what has changed. */
export class PinLayer {
  private readonly map: LeafletMap
  private readonly shown = new Map<string, { marker: Marker; pins: Pin[] }>()
  private pins: Pin[]
  private ground: Layer | null = null
  private isPlain = true
  private active: number[] = []

  constructor(
    box: HTMLElement,
    { pins, place }: { pins: Pin[]; place?: MapPlace },
    private readonly words: Words,
    private readonly listeners: Listeners,
  ) {
    this.pins = pins
    this.map = makeMap(box, { zoomControl: false, minZoom: 2, maxZoom: NEAREST, worldCopyJump: true })
    this.map.attributionControl.setPrefix(false)
    control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(this.map)
    if (place) this.map.setView([place.latitude, place.longitude], place.zoom, { animate: false })
    else this.map.fitBounds(boundsOf(pins), { padding: [56, 56], maxZoom: 13, animate: false })
    this.map.on("moveend", () => {
      this.draw()
      this.tellView()
    })
    // Where it begins elsewhere than with all pins, what is in sight is not all there is.
    if (place) this.tellView()
  }

  setPins(pins: Pin[]): void {
    this.pins = pins
    this.draw()
  }

  setActive(ids: number[]): void {
    this.active = ids
    this.mark()
  }

  /** Pictures of the land, or an empty sheet with the towns' names. */
  setGround(tiles: Tiles | null): void {
    this.ground?.remove()
    this.ground = tiles ? addTiles(this.map, tiles, this.listeners.onLost) : new Sheet().addTo(this.map)
    this.isPlain = !tiles
    this.draw()
  }

  remove(): void {
    this.map.remove()
  }

  private tellView(): void {
    const view = this.map.getBounds()
    const centre = this.map.getCenter().wrap()
    this.listeners.onMove(
      { south: view.getSouth(), west: view.getWest(), north: view.getNorth(), east: view.getEast() },
      { latitude: centre.lat, longitude: centre.lng, zoom: this.map.getZoom() },
    )
  }

  private draw(): void {
    const view = this.map.getBounds()
    const zoom = this.map.getZoom()
    const groups = groupPins(this.pins, (pin) => this.map.project([pin.latitude, pin.longitude], zoom))
      .filter(([first]) => first && view.contains([first.latitude, first.longitude]))
      .toSorted((one, other) => other.length - one.length)
    const wanted = new Map<string, { pins: Pin[]; caption: string }>()
    const named = new Set<string>()
    for (const pins of groups) {
      // On an empty sheet each town's name stands once, under the most of its pins.
      const town = pins[0]?.place ?? ""
      const caption = this.isPlain && !named.has(town) ? town : ""
      named.add(town)
      wanted.set(`${pins.map((pin) => pin.id).join(" ")} ${caption}`, { pins, caption })
    }
    for (const [key, { marker }] of this.shown) {
      if (wanted.has(key)) continue
      marker.remove()
      this.shown.delete(key)
    }
    for (const [key, { pins, caption }] of wanted) {
      if (this.shown.has(key)) continue
      const marker = makePin(pins, caption, this.words.nameGroup).on("click", () => this.open(pins))
      this.shown.set(key, { marker: marker.addTo(this.map), pins })
    }
    this.mark()
  }

  private mark(): void {
    for (const { marker, pins } of this.shown.values()) {
      const isActive = pins.some((pin) => this.active.includes(pin.id))
      marker.getElement()?.querySelector("button")?.toggleAttribute("data-active", isActive)
      marker.setZIndexOffset(isActive ? 1000 : 0)
    }
  }

  /** Come near enough to part the pins of a group; where nearness does not part them, open them all. */
  private open(group: Pin[]): void {
    const bounds = boundsOf(group)
    const isOneSpot = bounds.getNorth() - bounds.getSouth() < SAME_SPOT && bounds.getEast() - bounds.getWest() < SAME_SPOT
    if (isOneSpot || this.map.getZoom() === NEAREST) {
      this.listeners.onOpen(group.map((pin) => pin.id))
      // What is opened covers the lower part of the map; its pin stays in sight.
      this.map.panInside(bounds.getCenter(), { paddingTopLeft: [60, 60], paddingBottomRight: [60, group.length > 1 ? 300 : 170] })
      return
    }
    this.map.getContainer().focus()
    this.map.fitBounds(bounds, { padding: [70, 70], maxZoom: NEAREST })
  }
}

/** It has nothing on it, and still shows how it moves. */
const Sheet = GridLayer.extend({
  createTile() {
    const tile = document.createElement("div")
    tile.className = classes.tile ?? ""
    return tile
  },
}) as new () => GridLayer

function boundsOf(pins: Pin[]) {
  return latLngBounds(pins.map((pin): [number, number] => [pin.latitude, pin.longitude]))
}

function makePin(group: Pin[], caption: string, nameGroup: (pins: Pin[]) => string): Marker {
  const [first] = group as [Pin]
  const isOne = group.length === 1
  const button = document.createElement("button")
  button.type = "button"
  button.className = classes.pin ?? ""
  button.toggleAttribute("data-group", !isOne)
  button.toggleAttribute("data-dot", isOne && first.text === "")
  button.textContent = isOne ? first.text : String(group.length)
  button.setAttribute("aria-label", isOne ? first.name : nameGroup(group))
  const pin = document.createElement("div")
  pin.append(button, caption)
  const icon = divIcon({ html: pin, className: classes.anchor ?? "", iconSize: [0, 0] })
  // The button is what the keyboard finds; the press that Enter makes reaches the map as a click.
  return makeMarker([first.latitude, first.longitude], { icon, keyboard: false, riseOnHover: true })
}
