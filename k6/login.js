// People sign in by password.
import { sleep } from "k6"
import exec from "k6/execution"
import { crowd, facts, numbers, post } from "./shop.js"

export const options = crowd("login")

export default function () {
  const email = facts.emails[exec.scenario.iterationInTest % facts.emails.length]
  post("auth/login/", { email, password: facts.password }, { expected: [200] })
  sleep(numbers("login").pause)
}
