import { Button, TextInput } from "@mantine/core"
import { DragDropContext, Draggable, Droppable } from "@hello-pangea/dnd"
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { Picture } from "@/ui/picture"
import { StatusPill } from "@/ui/status-pill"
import { useDeleteImage, useDescribeImage, type ProductImage } from "./api"
import classes from "./product-pictures.module.css"

interface Props {
  productId: number
  images: ProductImage[]
  onMove: (from: number, to: number) => void
}

/** Pictures in their order: dragged by the handle, or moved one place by its buttons. Loaded with its library. */
export function PictureRows({ productId, images, onMove }: Props) {
  const { t } = useTranslation("goods")
  const remove = useDeleteImage(productId)
  return (
    <DragDropContext
      dragHandleUsageInstructions={t("drag.how")}
      onDragStart={(start, { announce }) => announce(t("drag.lifted", { place: start.source.index + 1 }))}
      onDragUpdate={({ destination }, { announce }) => announce(destination ? t("drag.over", { place: destination.index + 1 }) : t("drag.nowhere"))}
      onDragEnd={({ source, destination }, { announce }) => {
        announce(destination ? t("drag.dropped", { place: destination.index + 1 }) : t("drag.back"))
        if (destination) onMove(source.index, destination.index)
      }}
    >
      <FormProblem error={remove.error} />
      <Droppable droppableId="pictures">
        {(list) => (
          <ol ref={list.innerRef} {...list.droppableProps} className={classes.rows} aria-label={t("pictures.order")}>
            {images.map((image, index) => (
              <Draggable key={image.id} draggableId={String(image.id)} index={index}>
                {(item, { isDragging }) => (
                  <li ref={item.innerRef} {...item.draggableProps} className={classes.row} data-dragging={isDragging || undefined}>
                    <span {...item.dragHandleProps} className={classes.handle} aria-label={t("pictures.drag", { place: index + 1 })}>
                      <GripVertical size={20} aria-hidden />
                    </span>
                    <Picture image={image} ratio="1" sizes="72px" className={classes.picture} />
                    <div className={classes.words}>
                      <AltField productId={productId} image={image} place={index + 1} />
                      {index === 0 && <StatusPill tone="strong">{t("pictures.main")}</StatusPill>}
                    </div>
                    <div className={classes.tools}>
                      {index > 0 && (
                        <Button size="xs" onClick={() => onMove(index, 0)}>
                          {t("pictures.makeMain")}
                        </Button>
                      )}
                      <Button size="xs" aria-label={t("pictures.earlier", { place: index + 1 })} disabled={index === 0} onClick={() => onMove(index, index - 1)}>
                        <ArrowUp size={18} aria-hidden />
                      </Button>
                      <Button size="xs" aria-label={t("pictures.later", { place: index + 1 })} disabled={index === images.length - 1} onClick={() => onMove(index, index + 1)}>
                        <ArrowDown size={18} aria-hidden />
                      </Button>
                      <Button
                        size="xs"
                        aria-label={t("pictures.delete", { place: index + 1 })}
                        loading={remove.isPending && remove.variables === image.id}
                        onClick={() => remove.mutate(image.id)}
                      >
                        <Trash2 size={18} aria-hidden />
                      </Button>
                    </div>
                  </li>
                )}
              </Draggable>
            ))}
            {list.placeholder}
          </ol>
        )}
      </Droppable>
    </DragDropContext>
  )
}

/** What is on the picture, saved on leaving the field. */
function AltField({ productId, image, place }: { productId: number; image: ProductImage; place: number }) {
  const { t } = useTranslation("goods")
  const describe = useDescribeImage(productId)
  const [draft, setDraft] = useState<string | null>(null)
  const settle = (text: string) => {
    const alt = text.trim()
    if (alt === image.alt) return setDraft(null)
    describe.mutate({ image_id: image.id, alt }, { onSuccess: () => setDraft(null) })
  }
  return (
    <TextInput
      aria-label={t("pictures.alt", { place })}
      placeholder={t("pictures.altHint")}
      maxLength={160}
      value={draft ?? image.alt}
      error={describe.isError && t("pictures.altFailed")}
      onChange={({ target: { value } }) => setDraft(value)}
      onBlur={({ target: { value } }) => settle(value)}
      onKeyDown={(event) => event.key === "Enter" && settle(event.currentTarget.value)}
    />
  )
}
