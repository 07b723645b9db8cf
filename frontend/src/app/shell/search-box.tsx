import { VisuallyHidden } from "@mantine/core"
import { useNavigate, useRouterState } from "@tanstack/react-router"
import { Search } from "lucide-react"
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react"
import { useTranslation } from "react-i18next"
import { useSettled } from "@/lib/use-settled"
import { SuggestionList } from "./suggestion-list"
import { LONGEST_SEARCH, nextActive, useSuggestions, type Suggestion } from "./use-suggestions"
import classes from "./search-box.module.css"

interface Props {
  /** In the sheet of a phone the list is part of the page, and a choice closes the sheet. */
  inSheet?: boolean
  onDone?: () => void
}

/** One field over events and gear, with suggestions as one types. */
export function SearchBox({ inSheet = false, onDone }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useSearchedWords()
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const words = typed.trim()
  const { enabled, isPending, suggestions } = useSuggestions(useSettled(words))
  const isShown = isOpen && enabled && !isPending
  useSlash(input, !inSheet)

  function go(suggestion?: Suggestion) {
    setIsOpen(false)
    setActive(-1)
    if (!suggestion && !words) return
    input.current?.blur()
    onDone?.()
    if (suggestion?.kind === "event") void navigate({ to: "/events/$slug", params: { slug: suggestion.event.slug } })
    else if (suggestion?.kind === "product") void navigate({ to: "/shop/$slug", params: { slug: suggestion.product.slug } })
    else void navigate({ to: "/search", search: { q: words } })
  }

  function press(event: KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      setIsOpen(true)
      if (isShown) setActive(nextActive(active, suggestions.length, event.key === "ArrowDown" ? 1 : -1))
    } else if (event.key === "Enter") {
      event.preventDefault()
      go(isShown ? suggestions[active] : undefined)
    } else if (event.key === "Escape" && isShown) {
      event.preventDefault() // the first Escape is for the list, the next one for the sheet
      setIsOpen(false)
      setActive(-1)
    }
  }

  return (
    <div className={classes.box} data-sheet={inSheet || undefined} role="search">
      <Search className={classes.icon} size={18} aria-hidden />
      <input
        ref={input}
        className={classes.input}
        role="combobox"
        aria-label={t("search.label")}
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={t("search.hint")}
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_SEARCH}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the sheet was opened to type into it
        autoFocus={inSheet}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setIsOpen(true)
          setActive(-1)
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => !inSheet && setIsOpen(false)}
        onKeyDown={press}
      />
      {!inSheet && (
        <kbd className={classes.key} aria-hidden>
          /
        </kbd>
      )}
      <VisuallyHidden role="status">{isShown && t("search.suggestions", { count: Math.max(0, suggestions.length - 1) })}</VisuallyHidden>
      <SuggestionList
        id={id}
        words={words}
        suggestions={suggestions}
        isShown={isShown}
        active={active}
        onActive={setActive}
        onChoose={go}
      />
    </div>
  )
}

/** What is typed, beginning with what the page of results was asked for. */
function useSearchedWords() {
  const asked = useRouterState({
    select: ({ location }) => (location.pathname === "/search" ? ((location.search as { q?: string }).q ?? "") : ""),
  })
  const [typed, setTyped] = useState(asked)
  const [seen, setSeen] = useState(asked)
  if (seen !== asked) {
    setSeen(asked)
    setTyped(asked)
  }
  return [typed, setTyped] as const
}

/** A slash anywhere on the page leads to the field, unless something is being typed or lies over the page. */
function useSlash(input: { current: HTMLInputElement | null }, enabled: boolean) {
  useEffect(() => {
    if (!enabled) return
    function focus(event: globalThis.KeyboardEvent) {
      const isTyping = (event.target as Element).closest("input, textarea, select, [contenteditable=true], dialog")
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
      if (!input.current?.getClientRects().length) return
      event.preventDefault()
      input.current.focus()
      input.current.select()
    }
    document.addEventListener("keydown", focus)
    return () => document.removeEventListener("keydown", focus)
  }, [input, enabled])
}
