import { Search } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"

const SearchSheet = lazy(async () => ({ default: (await import("./search-sheet")).SearchSheet }))

/** Where the bar has no room for the field: a button, and the field on a sheet of its own. */
export function SearchButton({ className }: { className?: string }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" className={className} aria-label={t("search.label")} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Search size={20} aria-hidden />
      </button>
      <Suspense>{isOpen && <SearchSheet onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  )
}
