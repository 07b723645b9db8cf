import { Button, CloseButton, TextInput } from "@mantine/core"
import { BookmarkPlus } from "lucide-react"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { useKept } from "@/lib/kept"
import { Dialog } from "@/ui/dialog"
import { MOST_SAVED, readSaved, sameSearch, withSaved, type SavedFilter, type SavedSearch } from "../saved-filters"
import classes from "./saved-filters.module.css"

interface Props {
  /** Whose filters of which list: `orders.17`. */
  name: string
  /** The filters in force. */
  search: SavedSearch
  onChoose: (search: SavedSearch) => void
}

/** Filters with names, one press away. */
export function SavedFilters({ name, search, onChoose }: Props) {
  const { t } = useTranslation("desk")
  const [saved, setSaved] = useKept<SavedFilter[]>(`delux.filters.${name}`, readSaved)
  const [isNaming, setIsNaming] = useState(false)
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  const isKnown = saved.some((filter) => sameSearch(filter.search, search))
  const canSave = isFiltered && !isKnown && saved.length < MOST_SAVED
  if (saved.length === 0 && !canSave) return null
  return (
    <div className={classes.saved}>
      {saved.length > 0 && (
        <ul aria-label={t("saved.title")}>
          {saved.map((filter) => (
            <li key={filter.name}>
              <button type="button" aria-pressed={sameSearch(filter.search, search)} onClick={() => onChoose(filter.search)}>
                {filter.name}
              </button>
              <CloseButton
                size={32}
                aria-label={t("saved.forget", { name: filter.name })}
                onClick={() => setSaved(saved.filter((other) => other.name !== filter.name))}
              />
            </li>
          ))}
        </ul>
      )}
      {canSave && (
        <Button size="xs" leftSection={<BookmarkPlus size={16} aria-hidden />} onClick={() => setIsNaming(true)}>
          {t("saved.save")}
        </Button>
      )}
      {isNaming && (
        <NameDialog
          onClose={() => setIsNaming(false)}
          onNamed={(name) => {
            setSaved(withSaved(saved, { name, search }))
            setIsNaming(false)
          }}
        />
      )}
    </div>
  )
}

function NameDialog({ onClose, onNamed }: { onClose: () => void; onNamed: (name: string) => void }) {
  const { t } = useTranslation(["desk", "common"])
  const [name, setName] = useState("")
  const [isEmpty, setIsEmpty] = useState(false)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim()) onNamed(name.trim())
    else setIsEmpty(true)
  }
  return (
    <Dialog title={t("saved.save")} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t("saved.name")}
          description={t("saved.nameHint")}
          data-autofocus
          maxLength={40}
          value={name}
          error={isEmpty && !name.trim() && t("common:invalid.required")}
          onChange={({ target: { value } }) => setName(value)}
        />
        <div>
          <Button type="submit" variant="primary">
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
