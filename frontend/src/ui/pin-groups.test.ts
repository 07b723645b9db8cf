import { expect, it } from "vitest"
import { groupPins, type Spot } from "./pin-groups"

const grouped = (...spots: [number, number][]) =>
  groupPins(
    spots.map(([x, y]): Spot => ({ x, y })),
    (spot) => spot,
  ).map((group) => group.map(({ x, y }) => [x, y]))

it("leaves pins with room between them alone", () => {
  expect(grouped([0, 0], [100, 0], [0, 60])).toEqual([[[0, 0]], [[100, 0]], [[0, 60]]])
})

it("gathers those that would hide each other, in the order they came", () => {
  expect(grouped([0, 0], [200, 0], [10, 10], [210, 5])).toEqual([
    [[0, 0], [10, 10]],
    [[200, 0], [210, 5]],
  ])
})

it("measures from the first of a group, so a row of pins does not become one", () => {
  expect(grouped([0, 0], [70, 0], [140, 0])).toEqual([[[0, 0], [70, 0]], [[140, 0]]])
})

it("keeps its groups wherever the map is dragged", () => {
  const moved = grouped([1000, 1000], [1200, 1000], [1010, 1010], [1210, 1005])
  expect(moved.map((group) => group.length)).toEqual([2, 2])
})
