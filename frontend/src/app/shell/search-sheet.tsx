import { useTranslation } from "react-i18next"
import { Sheet } from "@/ui/sheet"
import { SearchBox } from "./search-box"

export function SearchSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet side="top" title={t("search.label")} onClose={onClose}>
      <SearchBox inSheet onDone={onClose} />
    </Sheet>
  )
}
