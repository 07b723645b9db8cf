import { expect, it } from "vitest"
import { readPlace, writePlace } from "./map-place"

it("a place comes back from an address as it went in", () => {
  for (const place of [
    { latitude: 43.2389, longitude: 76.9455, zoom: 12 },
    { latitude: -33.8, longitude: -151.2093, zoom: 2 },
    { latitude: 0, longitude: 180, zoom: 17 },
  ]) {
    expect(readPlace(writePlace(place))).toEqual(place)
    expect(encodeURIComponent(writePlace(place))).toBe(writePlace(place))
  }
})

it.each(["", "43", "43_76", "43.2_76.9_1", "43.2_76.9_18", "86_0_5", "0_181_5", "a_b_c", "43.2,76.9,12", "1e1_2_3", "43.2_76.9_12.5", "43.2_76.9_12_"])(
  "%j is no place on a map",
  (text) => expect(readPlace(text)).toBeUndefined(),
)
