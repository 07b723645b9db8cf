import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import type { components } from "@/api/schema"
import { DateTime } from "@/ui/date-time"
import classes from "./line-facts.module.css"

interface Line {
  item_type: components["schemas"]["ItemType"]
  title: string
  slug: string
  options: components["schemas"]["LineOptions"]
}

/** The name of a line, leading to its page where it still has one. */
export function LineTitle({ line }: { line: Line }) {
  return (
    <p className={classes.title}>
      {line.slug === "" ? (
        line.title
      ) : line.item_type === "ticket" ? (
        <Link to="/events/$slug" params={{ slug: line.slug }}>
          {line.title}
        </Link>
      ) : (
        <Link to="/shop/$slug" params={{ slug: line.slug }}>
          {line.title}
        </Link>
      )}
    </p>
  )
}

/** Which one exactly: the kind of ticket, the day and the place, or the size and the colour. */
export function LineFacts({ line: { options } }: { line: Line }) {
  const { t } = useTranslation("checkout")
  const facts = [options.ticket_type, options.size && t("line.size", { size: options.size }), options.colour]
  const words = facts.filter(Boolean).join(" · ")
  return (
    <p className={classes.facts}>
      {words}
      {options.starts_at && (
        <>
          {words && <br />}
          <DateTime iso={options.starts_at} format="day" timeZone={options.timezone} />
          {", "}
          <DateTime iso={options.starts_at} format="time" timeZone={options.timezone} />
          {options.city && `, ${options.city}`}
        </>
      )}
    </p>
  )
}
