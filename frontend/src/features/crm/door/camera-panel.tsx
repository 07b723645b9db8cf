import { Button, NativeSelect } from "@mantine/core"
import { Camera, CameraOff, Flashlight, FlashlightOff } from "lucide-react"
import { useTranslation } from "react-i18next"
import classes from "./camera-panel.module.css"
import { prepareSound } from "./signals"
import { useCamera } from "./use-camera"

/** The camera as a reader: started by hand, as a browser asks for leave then. */
export function CameraPanel({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation("crm")
  const { cameras, chosen, light, start, state, stop, torch, video } = useCamera(onCode)
  const isRunning = state === "starting" || state === "on"
  const problem = state === "off" || isRunning ? null : state

  return (
    <section className={classes.panel} aria-label={t("camera.title")}>
      <div className={classes.frame} data-on={state === "on"} hidden={!isRunning}>
        {/* A live picture of a queue: there are no words to caption. */}
        <video ref={video} muted playsInline aria-label={t("camera.picture")} />
        <span className={classes.aim} aria-hidden />
        <p role="status">{state === "starting" ? t("camera.starting") : state === "on" ? t("camera.aim") : ""}</p>
      </div>
      {problem && (
        <div className={classes.problem} role="alert">
          <CameraOff size={22} aria-hidden />
          <p>
            <strong>{t(`camera.${problem}`)}</strong> {t(`cameraHelp.${problem}`)}
          </p>
        </div>
      )}
      <div className={classes.actions}>
        {isRunning ? (
          <>
            <Button variant="default" onClick={stop} leftSection={<CameraOff size={18} aria-hidden />}>
              {t("camera.stop")}
            </Button>
            {torch !== null && (
              <Button
                variant="default"
                aria-pressed={torch}
                onClick={() => light(!torch)}
                leftSection={torch ? <FlashlightOff size={18} aria-hidden /> : <Flashlight size={18} aria-hidden />}
              >
                {t("camera.torch")}
              </Button>
            )}
          </>
        ) : (
          <Button
            variant="default"
            size="lg"
            className={classes.start}
            onClick={() => {
              prepareSound()
              start()
            }}
            leftSection={<Camera size={20} aria-hidden />}
          >
            {t(problem ? "camera.again" : "camera.start")}
          </Button>
        )}
        {state === "on" && cameras.length > 1 && (
          <NativeSelect
            aria-label={t("camera.which")}
            value={chosen}
            onChange={({ currentTarget: { value } }) => start(value)}
            data={cameras.map(({ deviceId, label }, index) => ({
              value: deviceId,
              label: label || t("camera.numbered", { number: index + 1 }),
            }))}
          />
        )}
      </div>
    </section>
  )
}
