// What the scenarios share: where the shop is, who its people are, and the bounds all of them hold.
import { check } from "k6"
import { SharedArray } from "k6/data"
import http from "k6/http"

const base = __ENV.BASE_URL
const [facts] = new SharedArray("facts", () => [JSON.parse(open(__ENV.FACTS))])
const thresholds = JSON.parse(open("./thresholds.json"))

export { facts }

/** Numbers of a scenario: how many people, for how long, and how soon 95 of a hundred answers have to be there. */
export function numbers(name) {
  return thresholds[name]
}

/** Options for people who come again and again until the time is over. */
export function crowd(name) {
  const { users, seconds, p95_ms } = numbers(name)
  return { vus: users, duration: `${seconds}s`, insecureSkipTLSVerify: true, thresholds: bounds(p95_ms) }
}

/** Options for people who come all at once, each one time. */
export function rush(name) {
  const { users, seconds, p95_ms } = numbers(name)
  const everybody = { executor: "per-vu-iterations", vus: users, iterations: 1, maxDuration: `${seconds}s` }
  return { scenarios: { everybody }, insecureSkipTLSVerify: true, thresholds: bounds(p95_ms) }
}

function bounds(p95_ms) {
  return { http_req_failed: ["rate==0"], checks: ["rate==1"], http_req_duration: [`p(95)<=${p95_ms}`] }
}

export function get(path) {
  const response = http.get(`${base}/api/v1/${path}`)
  check(response, { "is there": ({ status }) => status === 200 })
  return response
}

export function post(path, body, { token, key, expected }) {
  const headers = { "Content-Type": "application/json" }
  if (token) headers.Authorization = `Bearer ${token}`
  if (key) headers["Idempotency-Key"] = key
  const responseCallback = http.expectedStatuses(...expected)
  const response = http.post(`${base}/api/v1/${path}`, JSON.stringify(body), { headers, responseCallback })
  check(response, { "is answered as expected": ({ status }) => expected.includes(status) })
  return response
}

/** Put a ticket into the basket, order and pay it. `refusals` end it without being errors. Return whether it is paid. */
export function buy({ token, ticket, key, refusals = [] }) {
  const line = { item_type: "ticket", ticket_type_id: ticket, quantity: 1 }
  const card = { card_number: "4111111111111111", exp_month: 12, exp_year: 2099, cvc: "123" }
  const expected = [201, ...refusals]

  if (post("cart/items/", line, { token, expected }).status !== 201) return false
  const ordered = post("orders/", { delivery_type: "none" }, { token, key: `${key}-order`, expected })
  if (ordered.status !== 201) return false
  const order_id = ordered.json("order_number")
  const paid = post("payments/mock/charge/", { ...card, order_id }, { token, key: `${key}-pay`, expected: [201] })
  return check(paid, { "is paid": (answer) => answer.json("order_status") === "paid" })
}

/** A list of events as people open it: mostly the first page, each in their language. */
export function lookAround() {
  const languages = ["ru", "kk", "ky", "en"].map((language) => `lang=${language}`)
  const looks = [...languages, ...languages, "page=2", "page=3", "sport_type=running", "sport_type=cycling"]
  return get(`events/?page_size=20&${looks[Math.floor(Math.random() * looks.length)]}`)
}
