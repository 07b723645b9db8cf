import { ListSkeleton } from "@/ui/skeleton"
import type { EventCardData } from "../api/events"
import { EventCard } from "./event-card"
import classes from "./event-grid.module.css"

interface Props {
  events: EventCardData[]
  /** How many of them are above the fold. */
  priority?: number
  level?: 2 | 3
  hideHost?: boolean
}

export function EventGrid({ events, priority = 0, ...rest }: Props) {
  return (
    <ul className={classes.grid}>
      {events.map((event, place) => (
        <li key={event.id}>
          <EventCard event={event} priority={place < priority} {...rest} />
        </li>
      ))}
    </ul>
  )
}

export function EventGridSkeleton({ rows = 6 }: { rows?: number }) {
  return <ListSkeleton rows={rows} height={390} className={classes.grid} />
}
