import { Button } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Heading } from "@/ui/heading"
import { useDocumentTitle } from "@/lib/use-document-title"
import classes from "./not-found-page.module.css"

export function NotFoundPage() {
  const { t } = useTranslation()
  useDocumentTitle(t("state.notFoundTitle"))
  return (
    <div className={classes.page}>
      <p className={classes.number} aria-hidden>
        404
      </p>
      <div className={classes.words}>
        <Heading level={1} size="page" tabIndex={-1}>
          {t("state.notFoundTitle")}
        </Heading>
        <p>{t("state.notFoundText")}</p>
        <div className={classes.actions}>
          <Button variant="primary" component={Link} to="/">
            {t("state.goHome")}
          </Button>
          <Button component={Link} to="/events">
            {t("state.seeEvents")}
          </Button>
          <Button component={Link} to="/search">
            {t("search.label")}
          </Button>
        </div>
      </div>
    </div>
  )
}
