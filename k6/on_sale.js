// Five hundred people at once for a hundred places: a hundred have paid in the end, and the others are told so.
import { Counter } from "k6/metrics"
import exec from "k6/execution"
import { buy, facts, numbers, rush } from "./shop.js"

const paid = new Counter("paid")
const everybody = [...facts.buyers, ...facts.fillers]

export const options = rush("on_sale")
options.thresholds.paid = [`count==${numbers("on_sale").places}`]

export default function () {
  const { idInTest: person } = exec.vu
  const key = `k6-${Date.now()}-${person}`
  if (buy({ token: everybody[person - 1], ticket: facts.on_sale, key, refusals: [409] })) paid.add(1)
}
