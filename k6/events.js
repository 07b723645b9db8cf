// A hundred people look at lists of events, one each second.
import { sleep } from "k6"
import { crowd, lookAround, numbers } from "./shop.js"

export const options = crowd("events")

export default function () {
  lookAround()
  sleep(numbers("events").pause)
}
