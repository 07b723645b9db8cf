import { Button } from "@mantine/core"
import { Minus, Plus } from "lucide-react"
import { useState } from "react"
import Cropper from "react-easy-crop"
import { useTranslation } from "react-i18next"
import { cut, type Box } from "./crop"
import classes from "./crop-dialog.module.css"
import { Dialog } from "./dialog"

interface Props {
  /** Object URL of the picture as it was chosen. */
  url: string
  /** Width by height. */
  ratio: number
  /** Pixels across, above which nothing is gained. */
  maxWidth: number
  onDone: (picture: Blob) => void
  onFailed: () => void
  onClose: () => void
}

/** Choose the part of a picture that is kept: drag, pinch, the slider, or arrow keys in the frame. */
export function CropDialog({ url, ratio, maxWidth, onDone, onFailed, onClose }: Props) {
  const { t } = useTranslation()
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [box, setBox] = useState<Box | null>(null)
  const [busy, setBusy] = useState(false)

  function keep() {
    if (!box) return
    setBusy(true)
    cut(url, box, maxWidth).then(onDone, onFailed)
  }

  return (
    <Dialog title={t("picture.crop")} onClose={onClose} size="xl" closeOnClickOutside={false}>
      <p className={classes.lead}>{t("picture.cropLead")}</p>
      <div className={classes.stage}>
        <Cropper
          image={url}
          aspect={ratio}
          crop={crop}
          zoom={zoom}
          maxZoom={4}
          onCropChange={setCrop}
          onZoomChange={setZoom}
          onCropComplete={(_, pixels) => setBox(pixels)}
          cropperProps={{ role: "group", "aria-label": t("picture.frame") }}
        />
      </div>
      <label className={classes.zoom}>
        <span>{t("picture.zoom")}</span>
        <Minus size={18} aria-hidden />
        <input
          type="range"
          min={1}
          max={4}
          step={0.05}
          value={zoom}
          onChange={({ currentTarget: { value } }) => setZoom(Number(value))}
        />
        <Plus size={18} aria-hidden />
      </label>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button variant="primary" disabled={!box} loading={busy} onClick={keep}>
          {t("picture.use")}
        </Button>
      </div>
    </Dialog>
  )
}
