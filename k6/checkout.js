// People look around, open an event, and buy a ticket: basket, order, payment.
import { sleep } from "k6"
import exec from "k6/execution"
import { buy, crowd, facts, get, lookAround, numbers } from "./shop.js"

export const options = crowd("checkout")

const turn = (things, number) => things[number % things.length]

export default function () {
  const { idInTest: person } = exec.vu
  const go = exec.vu.iterationInScenario
  const { users, pause } = numbers("checkout")

  lookAround()
  const event = turn(facts.events, person + go)
  get(`events/${event}/`)
  get(`events/${event}/tickets/`)
  // A buyer has one basket: no two of the crowd are the same person at the same time.
  const token = turn(facts.buyers, person - 1 + users * (go % Math.floor(facts.buyers.length / users)))
  buy({ token, ticket: turn(facts.spread, person * 7 + go), key: `k6-${Date.now()}-${person}-${go}` })
  sleep(pause)
}
