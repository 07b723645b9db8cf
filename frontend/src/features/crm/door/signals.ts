export type Tone = "yes" | "no" | "unsure"

interface Note {
  hertz: number
  from: number
  seconds: number
}

const NOTES: Record<Tone, { wave: OscillatorType; notes: Note[] }> = {
  yes: { wave: "sine", notes: [{ hertz: 880, from: 0, seconds: 0.11 }, { hertz: 1320, from: 0.11, seconds: 0.18 }] },
  no: { wave: "square", notes: [{ hertz: 196, from: 0, seconds: 0.22 }, { hertz: 147, from: 0.26, seconds: 0.34 }] },
  unsure: { wave: "triangle", notes: [{ hertz: 440, from: 0, seconds: 0.16 }, { hertz: 440, from: 0.24, seconds: 0.16 }] },
}
const SHAKES: Record<Tone, number[]> = { yes: [90], no: [220, 90, 220], unsure: [90, 90, 90] }

let speaker: AudioContext | null = null

/** Have sound ready: browsers allow it only from a press of a button or a key. */
export function prepareSound(): void {
  if (!("AudioContext" in window)) return
  speaker ??= new AudioContext()
  if (speaker.state === "suspended") void speaker.resume()
}

/** Say the verdict to ears and hands; vibration is motion, and left out where less of it is wanted. */
export function signal(tone: Tone, { muted }: { muted: boolean }): void {
  if (!muted) play(tone)
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  if (!still && "vibrate" in navigator) navigator.vibrate(SHAKES[tone])
}

function play(tone: Tone): void {
  prepareSound()
  if (!speaker) return
  const { wave, notes } = NOTES[tone]
  for (const { hertz, from, seconds } of notes) {
    const start = speaker.currentTime + from
    const voice = speaker.createOscillator()
    const volume = speaker.createGain()
    voice.type = wave
    voice.frequency.value = hertz
    // Faded at both ends: a tone that starts or stops at once clicks.
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(0.3, start + 0.01)
    volume.gain.setValueAtTime(0.3, start + seconds - 0.03)
    volume.gain.linearRampToValueAtTime(0, start + seconds)
    voice.connect(volume).connect(speaker.destination)
    voice.start(start)
    voice.stop(start + seconds)
  }
}
