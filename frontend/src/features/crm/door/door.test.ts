import { expect, it, vi } from "vitest"
import { repeatGate } from "./repeats"
import { meantByScanner } from "./scan-text"
import { signal } from "./signals"
import { problemOf } from "./use-camera"
import { toneOf } from "./verdict"

const named = (name: string) => Object.assign(new Error(name), { name })

it("asks about a code once for as long as it is held to the camera", () => {
  const gate = repeatGate(5000)
  const asked = [0, 1000, 2000, 6500, 11_000].map((at) => gate.offer("A", at, true))
  expect(asked).toEqual([true, false, false, false, false])
})

it("asks again about a code that was away for a while, and at once about another", () => {
  const gate = repeatGate(5000)
  expect(gate.offer("A", 0, true)).toBe(true)
  expect(gate.offer("B", 100, true)).toBe(true)
  expect(gate.offer("B", 5100, true)).toBe(true)
})

it("takes nothing new while a verdict is being read, and takes it right after", () => {
  const gate = repeatGate(5000)
  gate.offer("A", 0, true)
  expect(gate.offer("B", 100, false)).toBe(false)
  expect(gate.offer("B", 200, true)).toBe(true)
})

it("asks again at once when the answer never came", () => {
  const gate = repeatGate(5000)
  gate.offer("A", 0, true)
  gate.forget()
  expect(gate.offer("A", 100, true)).toBe(true)
})

it("reads what a scanner typed under a Russian layout as it was meant", () => {
  expect(meantByScanner(" ФФУФфя-_09 ")).toBe("AAEAaz-_09")
  expect(meantByScanner("AAEAaz-_09")).toBe("AAEAaz-_09")
})

it("says for each trouble with a camera what it is", () => {
  expect(["NotAllowedError", "NotFoundError", "NotReadableError", "Strange"].map((name) => problemOf(named(name)))).toEqual([
    "denied",
    "missing",
    "busy",
    "failed",
  ])
})

it("calls a lost connection no verdict on the ticket", () => {
  expect((["admitted", "already_checked_in", "network", "failed"] as const).map(toneOf)).toEqual(["yes", "no", "unsure", "unsure"])
})

it.each([
  [false, 1],
  [true, 0],
])("shakes the phone unless less motion is wanted (%s)", (reduced, times) => {
  const vibrate = vi.fn()
  vi.stubGlobal("navigator", { vibrate })
  vi.stubGlobal("matchMedia", () => ({ matches: reduced }))
  signal("no", { muted: true })
  expect(vibrate).toHaveBeenCalledTimes(times)
})

it("plays two tones for a yes, and none when muted", () => {
  const started = vi.fn()
  const part = { connect: (next: unknown) => next }
  class Speaker {
    state = "running"
    currentTime = 0
    destination = {}
    createOscillator = () => ({ ...part, frequency: {}, start: started, stop: vi.fn() })
    createGain = () => ({ ...part, gain: { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() } })
  }
  vi.stubGlobal("AudioContext", Speaker)
  vi.stubGlobal("matchMedia", () => ({ matches: true }))
  signal("yes", { muted: true })
  expect(started).not.toHaveBeenCalled()
  signal("yes", { muted: false })
  expect(started).toHaveBeenCalledTimes(2)
})
