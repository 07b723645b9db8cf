// One go of a k6 script without k6: `node k6_stand_in.mjs SCRIPT` with BASE_URL and FACTS in the environment.
// Prints as JSON what was asked, which checks held, and the script's options. Asks with curl, as k6 waits for answers.
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { register } from "node:module"
import path from "node:path"
import { pathToFileURL } from "node:url"

const script = path.resolve(process.argv[2])
const asked = []
const checks = []

function request(method, url, body, { headers = {} } = {}) {
  const sent = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`])
  const data = body === undefined ? [] : ["--data", body]
  const output = execFileSync("curl", ["-sk", "-X", method, url, ...sent, ...data, "-w", "\n%{http_code}"], { encoding: "utf8" })
  const end = output.lastIndexOf("\n")
  const answer = { status: Number(output.slice(end + 1)), body: output.slice(0, end) }
  asked.push({ method, url, status: answer.status })
  return { ...answer, json: (member) => JSON.parse(answer.body)[member] }
}

globalThis.__ENV = process.env
globalThis.open = (file) => readFileSync(path.resolve(path.dirname(script), file), "utf8")
globalThis.k6 = {
  k6: {
    sleep: () => {},
    check: (value, conditions) => {
      const held = Object.entries(conditions).map(([name, holds]) => ({ name, held: Boolean(holds(value)) }))
      checks.push(...held)
      return held.every((each) => each.held)
    },
  },
  "k6/data": { SharedArray: class { constructor(_name, make) { return make() } } },
  "k6/execution": { default: { vu: { idInTest: 1, iterationInScenario: 0 }, scenario: { iterationInTest: 0 } } },
  "k6/http": {
    default: {
      get: (url) => request("GET", url),
      post: (url, body, how) => request("POST", url, body, how),
      expectedStatuses: (...statuses) => statuses,
    },
  },
  "k6/metrics": { Counter: class { add() {} } },
}
const hooks = `
export const resolve = (name, context, next) =>
  /^k6(\\/|$)/.test(name) ? { url: "k6:" + name, shortCircuit: true } : next(name, context)
export function load(url, context, next) {
  if (!url.startsWith("k6:")) return next(url, url.startsWith("file:") ? { ...context, format: "module" } : context)
  const of = "globalThis.k6[" + JSON.stringify(url.slice(3)) + "]"
  const source = "export default " + of + ".default; export const { check, sleep, SharedArray, Counter } = " + of
  return { format: "module", source, shortCircuit: true }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

const { default: go, options } = await import(pathToFileURL(script).href)
go()
console.log(JSON.stringify({ asked, checks, options }))
