import { useTranslation } from "react-i18next"
import { useDelayed } from "@/lib/use-delayed"
import classes from "./skeleton.module.css"

interface Props {
  /** CSS length: the height of what will stand here, so that nothing jumps. */
  height: number | string
  width?: number | string
  ratio?: string
}

/** One grey block. It takes its room at once and becomes visible after 150 ms. */
export function Skeleton({ height, width = "100%", ratio }: Props) {
  const visible = useDelayed()
  return (
    <div
      className={classes.block}
      data-visible={visible}
      style={{ height: ratio ? undefined : height, width, aspectRatio: ratio }}
      aria-hidden
    />
  )
}

interface ListProps {
  rows?: number
  height: number | string
  /** Lay the blocks out like the cards they stand for. */
  className?: string
}

/** Blocks in place of a list, announced once as loading. */
export function ListSkeleton({ rows = 6, height, className = classes.list }: ListProps) {
  const { t } = useTranslation()
  return (
    <div className={className} role="status" aria-label={t("loading")} aria-busy>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} />
      ))}
    </div>
  )
}
