import { ListSkeleton } from "@/ui/skeleton"
import type { EventCardData } from "../api/events"
import { EventCard } from "./event-card"
import classes from "./event-grid.module.css"

export function EventGrid({ events, priority = 0, level }: { events: EventCardData[]; priority?: number; level?: 2 | 3 }) {
  return (
    <ul className={classes.grid}>
      {events.map((event, place) => (
        <li key={event.id}>
          <EventCard event={event} priority={place < priority} level={level} />
        </li>
      ))}
    </ul>
  )
}

export function EventGridSkeleton({ rows = 6 }: { rows?: number }) {
  return <ListSkeleton rows={rows} height={390} className={classes.grid} />
}
