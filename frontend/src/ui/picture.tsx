import { useState } from "react"
import classes from "./picture.module.css"

/** As the API gives pictures: one file, and the same in several widths. */
export interface Image {
  src: string
  srcset?: string
  srcset_avif?: string
  width?: number
  height?: number
}

interface Props {
  image: Image | null | undefined
  /** What is to be seen; left empty when the words beside it say the same. */
  alt?: string
  /** The frame never changes shape: "16 / 9", "4 / 5", "1". */
  ratio: string
  /** How wide it is drawn, for the browser to choose a file: "(min-width: 48em) 380px, 100vw". */
  sizes?: string
  /** Above the fold: fetched at once instead of when it comes near. */
  priority?: boolean
  className?: string
}

/** A picture in a fixed frame. Without one, or when it fails to load, the frame keeps its place. */
export function Picture({ image, alt = "", ratio, sizes = "100vw", priority = false, className = "" }: Props) {
  const [failed, setFailed] = useState<string | null>(null)
  const shown = image && image.src !== failed ? image : null
  return (
    <div className={`${classes.frame} ${className}`} style={{ aspectRatio: ratio }}>
      {shown ? (
        <picture>
          {shown.srcset_avif && <source type="image/avif" srcSet={shown.srcset_avif} sizes={sizes} />}
          <img
            src={shown.src}
            srcSet={shown.srcset || undefined}
            sizes={shown.srcset ? sizes : undefined}
            width={shown.width}
            height={shown.height}
            alt={alt}
            loading={priority ? "eager" : "lazy"}
            fetchPriority={priority ? "high" : "auto"}
            decoding="async"
            onError={() => setFailed(shown.src)}
          />
        </picture>
      ) : (
        <svg viewBox="0 0 18 18" aria-hidden>
          <path fill="currentColor" d="M0 0h9a9 9 0 0 1 0 18H0v-5.4a3.6 3.6 0 0 0 0-7.2z" />
        </svg>
      )}
    </div>
  )
}
