import { Search } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Sheet } from "@/ui/sheet"
import { SearchBox } from "./search-box"

/** Where the bar has no room for the field: a button, and the field on a page of its own. */
export function SearchSheet({ className }: { className?: string }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" className={className} aria-label={t("search.label")} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Search size={20} aria-hidden />
      </button>
      {isOpen && (
        <Sheet side="top" title={t("search.label")} onClose={() => setIsOpen(false)}>
          <SearchBox inSheet onDone={() => setIsOpen(false)} />
        </Sheet>
      )}
    </>
  )
}
