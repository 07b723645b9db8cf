import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import type { Suggestion } from "./use-suggestions"
import classes from "./search-box.module.css"

interface Props {
  id: string
  words: string
  suggestions: Suggestion[]
  isShown: boolean
  active: number
  onActive: (place: number) => void
  onChoose: (suggestion: Suggestion) => void
}

export function SuggestionList({ id, words, suggestions, isShown, active, onActive, onChoose }: Props) {
  const { t } = useTranslation()
  const placed = suggestions.map((suggestion, place) => ({ suggestion, place }))
  const groups = [
    { label: t("search.events"), rows: placed.filter(({ suggestion }) => suggestion.kind === "event") },
    { label: t("search.gear"), rows: placed.filter(({ suggestion }) => suggestion.kind === "product") },
    { label: t("search.more"), rows: placed.filter(({ suggestion }) => suggestion.kind === "all") },
  ].filter(({ rows }) => rows.length > 0)
  return (
    <div className={classes.panel} hidden={!isShown}>
      {suggestions.length === 0 && <p className={classes.nothing}>{t("search.nothing", { q: words })}</p>}
      <div id={`${id}-list`} role="listbox" aria-label={t("search.label")}>
        {groups.map(({ label, rows }) => (
          <div key={label} role="group" aria-label={label} className={classes.group}>
            {rows[0]?.suggestion.kind !== "all" && (
              <span className={classes.kind} aria-hidden>
                {label}
              </span>
            )}
            {rows.map(({ suggestion, place }) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are the field's
              <div
                key={suggestion.key}
                id={`${id}-${place}`}
                role="option"
                aria-selected={place === active}
                className={classes.option}
                onMouseDown={(event) => event.preventDefault()} // the field keeps the focus
                onMouseMove={() => place !== active && onActive(place)}
                onClick={() => onChoose(suggestion)}
              >
                <Face suggestion={suggestion} words={words} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function Face({ suggestion, words }: { suggestion: Suggestion; words: string }) {
  const { t } = useTranslation()
  if (suggestion.kind === "all") return <strong>{t("search.all", { q: words })}</strong>
  if (suggestion.kind === "event") {
    const { event } = suggestion
    return (
      <>
        <Picture image={event.cover} ratio="1" sizes="48px" className={classes.thumb} />
        <span className={classes.words}>
          <span>{event.title}</span>
          <small>
            <DateTime iso={event.start_datetime} format="day" timeZone={event.timezone} />
            {event.city && `, ${event.city}`}
          </small>
        </span>
      </>
    )
  }
  const { product } = suggestion
  return (
    <>
      <Picture image={product.image} ratio="1" sizes="48px" className={classes.thumb} />
      <span className={classes.words}>
        <span>{product.title}</span>
        <small>
          <Money amount={product.price_from} currency={product.currency} from={product.price_from !== product.price_to} />
        </small>
      </span>
    </>
  )
}
