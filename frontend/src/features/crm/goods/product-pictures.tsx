import { Button, Progress } from "@mantine/core"
import { ImageUp } from "lucide-react"
import { lazy, Suspense, useRef, useState, type DragEvent } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { ListSkeleton } from "@/ui/skeleton"
import { Panel } from "../components/panel"
import { useArrangeImages, type Product } from "./api"
import { moved } from "./moved"
import classes from "./product-pictures.module.css"
import { usePictureUploads } from "./use-picture-uploads"

const PictureRows = lazy(async () => ({ default: (await import("./picture-rows")).PictureRows }))
const KINDS = "image/jpeg,image/png,image/webp,image/avif"
const MOST_IMAGES = 12

/** The pictures of a product: several sent at once, put in order by hand or by keys; the first is the main one. */
export function ProductPictures({ product }: { product: Product }) {
  const { t } = useTranslation(["goods", "common"])
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [said, setSaid] = useState("")
  const uploads = usePictureUploads(product.id)
  const arrange = useArrangeImages(product.id)
  const { images } = product
  // The order just asked for stands here until the server has answered; a refusal brings its own order back.
  const order = arrange.isPending ? arrange.variables : images.map((image) => image.id)
  const shown = order.flatMap((id) => images.find((image) => image.id === id) ?? [])
  const room = MOST_IMAGES - images.length - uploads.waiting.length

  function move(from: number, to: number) {
    const next = moved(shown, from, to)
    if (next.every((image, index) => image === shown[index])) return
    arrange.mutate(next.map((image) => image.id))
    setSaid(t("pictures.moved", { place: to + 1, count: next.length }))
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    uploads.add([...event.dataTransfer.files].slice(0, room))
  }

  return (
    <Panel title={t("pictures.title")} aside={<span className={classes.count}>{t("pictures.count", { count: images.length, most: MOST_IMAGES })}</span>}>
      <FormProblem error={arrange.error} />
      {shown.length > 0 && (
        <Suspense fallback={<ListSkeleton rows={shown.length} height={88} />}>
          <PictureRows productId={product.id} images={shown} onMove={move} />
        </Suspense>
      )}
      <ul className={classes.uploads} aria-label={t("pictures.sending")}>
        {uploads.waiting.map(({ key, name, share, error, again, forget }) => (
          <li key={key}>
            <span className={classes.file}>{name}</span>
            {error ? (
              <>
                <FormProblem error={error} />
                <span className={classes.buttons}>
                  <Button size="xs" onClick={again}>
                    {t("common:state.retry")}
                  </Button>
                  <Button size="xs" variant="quiet" onClick={forget}>
                    {t("pictures.forget")}
                  </Button>
                </span>
              </>
            ) : (
              <Progress value={share * 100} color="ink" aria-label={t("pictures.sendingOne", { name })} />
            )}
          </li>
        ))}
      </ul>
      <div
        className={classes.drop}
        data-over={isOver}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes("Files")) return
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={KINDS}
          aria-label={t("pictures.add")}
          onChange={({ currentTarget }) => {
            uploads.add([...(currentTarget.files ?? [])].slice(0, room))
            currentTarget.value = "" // the same file may be chosen again
          }}
        />
        <Button leftSection={<ImageUp size={18} aria-hidden />} disabled={room <= 0} onClick={() => input.current?.click()}>
          {t("pictures.add")}
        </Button>
        <p>{t(room > 0 ? "pictures.hint" : "pictures.full")}</p>
      </div>
      <p className={classes.said} role="status">
        {said}
      </p>
    </Panel>
  )
}
