import { Button } from "@mantine/core"
import { ChevronLeft, ChevronRight } from "lucide-react"
import { useTranslation } from "react-i18next"
import classes from "./pager.module.css"

interface Props {
  page: number
  count: number
  pageSize: number
  onPage: (page: number) => void
}

/** Back and forth through a long list; not there when everything fits. */
export function Pager({ page, count, pageSize, onPage }: Props) {
  const { t } = useTranslation()
  const pages = Math.max(1, Math.ceil(count / pageSize))
  if (pages === 1) return null
  return (
    <nav className={classes.pager} aria-label={t("table.pages")}>
      <Button disabled={page <= 1} onClick={() => onPage(page - 1)} aria-label={t("table.previous")}>
        <ChevronLeft size={20} aria-hidden />
      </Button>
      <span aria-live="polite">{t("table.page", { page, pages })}</span>
      <Button disabled={page >= pages} onClick={() => onPage(page + 1)} aria-label={t("table.next")}>
        <ChevronRight size={20} aria-hidden />
      </Button>
    </nav>
  )
}
