import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import classes from "./footer.module.css"

const year = String(new Date().getFullYear())

/** The foot of the programme, torn off along the perforation. */
export function Footer() {
  const { t } = useTranslation()
  return (
    <footer className={classes.footer}>
      <div className={classes.inner}>
        <p className={classes.line}>{t("footer.line")}</p>
        <nav className={classes.columns} aria-label="Delux">
          <div>
            <strong>{t("footer.buyers")}</strong>
            <Link to="/events">{t("nav.events")}</Link>
            <Link to="/shop">{t("nav.shop")}</Link>
            <Link to="/search">{t("search.short")}</Link>
            <Link to="/tickets">{t("nav.tickets")}</Link>
            <Link to="/orders">{t("nav.orders")}</Link>
          </div>
          <div>
            <strong>{t("footer.organizers")}</strong>
            <Link to="/become-organizer">{t("nav.becomeOrganizer")}</Link>
            <Link to="/crm">{t("nav.desk")}</Link>
          </div>
          <div>
            <strong>{t("footer.developers")}</strong>
            <a href="/developers">{t("footer.guides")}</a>
            <a href="/api/redoc/">{t("footer.api")}</a>
          </div>
        </nav>
        <p className={classes.rights}>
          {t("footer.rights", { year })} · <Link to="/privacy">{t("footer.privacy")}</Link>
        </p>
      </div>
    </footer>
  )
}
