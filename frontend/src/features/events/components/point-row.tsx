import { Link } from "@tanstack/react-router"
import { DateBlock, DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import type { EventPoint } from "../api/events"
import classes from "./point-row.module.css"

interface Props {
  point: EventPoint
  /** The reader's hand or keyboard is on it; off it again. */
  onPoint?: (isPointed: boolean) => void
}

/** An event in one line of words: what a map's pin stands for. */
export function PointRow({ point, onPoint }: Props) {
  return (
    <div className={classes.row}>
      <DateBlock iso={point.start_datetime} timeZone={point.timezone} />
      <div className={classes.words}>
        <Link
          to="/events/$slug"
          params={{ slug: point.slug }}
          className={classes.link}
          onMouseEnter={() => onPoint?.(true)}
          onMouseLeave={() => onPoint?.(false)}
          onFocus={() => onPoint?.(true)}
          onBlur={() => onPoint?.(false)}
        >
          {point.title}
        </Link>
        <span className={classes.place}>
          {point.city}, <DateTime iso={point.start_datetime} format="time" timeZone={point.timezone} />
        </span>
        {point.price_from !== null && (
          <Money
            amount={point.price_from}
            currency={point.currency}
            from={!point.is_free && point.price_from !== "0.00"}
            free
            className={classes.price}
          />
        )}
      </div>
    </div>
  )
}
