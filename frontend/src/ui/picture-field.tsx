import { Button, Progress } from "@mantine/core"
import { ImageUp, X } from "lucide-react"
import { lazy, Suspense, useEffect, useId, useRef, useState, type DragEvent } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "./form"
import { Picture, type Image } from "./picture"
import classes from "./picture-field.module.css"

const CropDialog = lazy(async () => ({ default: (await import("./crop-dialog")).CropDialog }))
const KINDS = ["image/jpeg", "image/png", "image/webp", "image/avif"]
const MOST_BYTES = 40 * 1024 * 1024

export interface Sending {
  onProgress: (share: number) => void
  signal: AbortSignal
}

interface Props {
  label: string
  hint?: string
  /** What stands there now. */
  image: Image | null | undefined
  /** Width by height of the frame, such as 16 / 9. */
  ratio: number
  /** Pixels across, above which nothing is gained. */
  maxWidth?: number
  disabled?: boolean
  /** A person's picture: small and round, its buttons beside it. */
  isFace?: boolean
  /** Send the cut picture; `upload` of the API does it. What it throws is shown, with a way to try again. */
  onUpload: (picture: Blob, sending: Sending) => Promise<unknown>
}

/** A picture that is chosen or dropped, cut to its frame, and sent with its progress in sight. */
export function PictureField({ label, hint, image, ratio, maxWidth = 2000, disabled = false, isFace = false, onUpload }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useObjectUrl()
  const [complaint, setComplaint] = useState<string | null>(null)
  const [isOver, setIsOver] = useState(false)
  const sending = useSending(onUpload)

  function take(file: File | undefined) {
    if (input.current) input.current.value = "" // the same file may be chosen again
    if (!file || disabled) return
    sending.forget()
    const wrong = !KINDS.includes(file.type) ? t("picture.wrongKind") : file.size > MOST_BYTES ? t("picture.tooLarge") : null
    setComplaint(wrong)
    if (!wrong) setChosen(file)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    take(event.dataTransfer.files[0])
  }

  return (
    <div className={classes.field} data-face={isFace || undefined} role="group" aria-labelledby={id} data-focus-target tabIndex={-1}>
      <span className={classes.label} id={id}>
        {label}
      </span>
      {hint && <span className={classes.hint}>{hint}</span>}
      <div
        className={classes.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <Picture image={sending.preview ? { src: sending.preview } : image} ratio={String(ratio)} sizes="(min-width: 48em) 560px, 100vw" className={classes.picture} />
      </div>
      {sending.share === null ? (
        <div className={classes.actions}>
          <input
            ref={input}
            type="file"
            accept={KINDS.join(",")}
            className={classes.input}
            tabIndex={-1}
            aria-label={label}
            onChange={({ currentTarget: { files } }) => take(files?.[0])}
          />
          <Button leftSection={<ImageUp size={18} aria-hidden />} disabled={disabled} onClick={() => input.current?.click()}>
            {t(image ? "picture.replace" : "picture.choose")}
          </Button>
          {sending.error !== null && <Button onClick={sending.again}>{t("state.retry")}</Button>}
        </div>
      ) : (
        <div className={classes.progress}>
          <div>
            <Progress value={sending.share * 100} color="ink" aria-label={t("picture.sending")} />
            <span role="status">{t(sending.share < 1 ? "picture.sending" : "picture.working")}</span>
          </div>
          <Button size="xs" leftSection={<X size={16} aria-hidden />} onClick={sending.stop}>
            {t("cancel")}
          </Button>
        </div>
      )}
      {complaint && (
        <p role="alert" className={classes.complaint}>
          {complaint}
        </p>
      )}
      <FormProblem error={sending.error} />
      {chosen && (
        <Suspense>
          <CropDialog
            url={chosen}
            ratio={ratio}
            maxWidth={maxWidth}
            onClose={() => setChosen(null)}
            onFailed={() => {
              setChosen(null)
              setComplaint(t("picture.broken"))
            }}
            onDone={(picture) => {
              setChosen(null)
              sending.send(picture)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** One upload at a time: how far it is, what went wrong, and the picture itself while it is on its way. */
function useSending(onUpload: Props["onUpload"]) {
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [preview, setPreview] = useObjectUrl()
  const last = useRef<Blob | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  function send(picture: Blob) {
    const control = new AbortController()
    stop.current = control
    last.current = picture
    setPreview(picture)
    setError(null)
    setShare(0)
    onUpload(picture, { onProgress: setShare, signal: control.signal })
      .catch((cause: unknown) => {
        if (!(cause instanceof DOMException && cause.name === "AbortError")) setError(cause)
      })
      .finally(() => {
        setShare(null)
        setPreview(null)
      })
  }

  return {
    share,
    error,
    preview,
    send,
    again: () => last.current && send(last.current),
    stop: () => stop.current?.abort(),
    forget: () => setError(null),
  }
}

/** An address for a file of this device, given back to the browser when it is no longer shown. */
function useObjectUrl(): [string | null, (file: Blob | null) => void] {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url])
  return [url, (file) => setUrl(file && URL.createObjectURL(file))]
}
