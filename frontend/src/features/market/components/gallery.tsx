import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Picture } from "@/ui/picture"
import type { Product } from "../api/products"
import classes from "./gallery.module.css"

/** One large picture and the others below it as buttons, so that the keyboard turns them as a finger does. */
export function Gallery({ images, title }: { images: Product["images"]; title: string }) {
  const { t } = useTranslation("market")
  const [shown, setShown] = useState(0)
  const image = images[shown] ?? null
  return (
    <div className={classes.gallery}>
      <Picture
        image={image}
        alt={image?.alt || title}
        ratio="4 / 5"
        sizes="(min-width: 62em) 560px, 100vw"
        priority
        className={classes.large}
      />
      {images.length > 1 && (
        <div className={classes.row} role="group" aria-label={t("product.gallery")}>
          {images.map((each, place) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={place === shown}
              aria-label={t("product.picture", { number: place + 1, count: images.length })}
              onClick={() => setShown(place)}
            >
              <Picture image={each} ratio="4 / 5" sizes="80px" />
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
