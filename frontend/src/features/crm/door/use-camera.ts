import { useEffect, useEffectEvent, useRef, useState } from "react"
import { keepScreenOn } from "@/lib/wake-lock"
import { qrReader } from "./reader"

export type CameraProblem = "denied" | "missing" | "busy" | "unsupported" | "failed"
type CameraState = "off" | "starting" | "on" | CameraProblem

/** Between two looks: fast enough for a moving hand, slow enough for a phone's battery. */
const PAUSE = 120

const PROBLEMS: Record<string, CameraProblem> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
}

export function problemOf(error: unknown): CameraProblem {
  return (error instanceof Error && PROBLEMS[error.name]) || "failed"
}

// A torch is newer than the types of the web.
type WithTorch = MediaTrackCapabilities & { torch?: boolean }
const lit = (torch: boolean) => ({ advanced: [{ torch } as MediaTrackConstraintSet] })

/** The camera while it is wanted: its picture in `video`, each code it sees given to `onCode`. */
export function useCamera(onCode: (code: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const [wish, setWish] = useState<{ camera?: string } | null>(null)
  const [state, setState] = useState<CameraState>("off")
  const [cameras, setCameras] = useState<MediaDeviceInfo[]>([])
  const [chosen, setChosen] = useState("")
  const [track, setTrack] = useState<MediaStreamTrack | null>(null)
  const [torch, setTorch] = useState<boolean | null>(null)
  const seen = useEffectEvent(onCode)

  useEffect(() => {
    if (!wish) return
    const ending = new AbortController()
    const { signal } = ending
    let stream: MediaStream | null = null
    const releaseScreen = keepScreenOn()

    async function run(camera: string | undefined) {
      // Absent on addresses without TLS.
      if (!("mediaDevices" in navigator)) return setState("unsupported")
      setState("starting")
      const look = camera ? { deviceId: { exact: camera } } : { facingMode: "environment" }
      stream = await navigator.mediaDevices.getUserMedia({ video: { ...look, width: { ideal: 1280 }, height: { ideal: 720 } } })
      const picture = video.current
      if (signal.aborted || !picture) return stop()
      const [opened] = stream.getVideoTracks()
      const read = await qrReader()
      picture.srcObject = stream
      await picture.play()
      const devices = await navigator.mediaDevices.enumerateDevices()
      if (signal.aborted || !opened) return stop()
      setCameras(devices.filter(({ kind }) => kind === "videoinput"))
      setChosen(opened.getSettings().deviceId ?? "")
      setTrack(opened)
      setTorch("getCapabilities" in opened && (opened.getCapabilities() as WithTorch).torch ? false : null)
      // Unplugged, or taken by a call.
      opened.addEventListener("ended", () => {
        ending.abort()
        setState("busy")
      }, { signal })
      setState("on")
      while (!signal.aborted) {
        const code = picture.readyState >= picture.HAVE_CURRENT_DATA ? await read(picture) : null
        if (code && !signal.aborted) seen(code)
        await new Promise((resolve) => setTimeout(resolve, PAUSE))
      }
    }

    function stop() {
      stream?.getTracks().forEach((each) => each.stop())
    }

    run(wish.camera).catch((error: unknown) => {
      stop()
      if (!signal.aborted) setState(problemOf(error))
    })
    return () => {
      ending.abort()
      stop()
      releaseScreen()
      setTrack(null)
      setTorch(null)
    }
  }, [wish])

  return {
    video,
    state,
    cameras,
    chosen,
    /** Whether the lamp is on; null where the camera has none. */
    torch,
    start: (camera?: string) => setWish({ camera }),
    stop: () => {
      setWish(null)
      setState("off")
    },
    light: (on: boolean) => {
      track?.applyConstraints(lit(on)).then(
        () => setTorch(on),
        () => setTorch(null),
      )
    },
  }
}
