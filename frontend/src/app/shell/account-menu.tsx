import { Link } from "@tanstack/react-router"
import { Bell, LayoutDashboard, LogOut, MapPin, ReceiptText, ShieldCheck, Store, Ticket, UserRound } from "lucide-react"
import { useTranslation } from "react-i18next"
import { signOut } from "@/api/session"
import { DisclosurePanel } from "@/ui/disclosure-panel"
import classes from "./shell.module.css"

export interface Person {
  name: string
  email: string | null
  isOrganizer: boolean
}

interface Props {
  person: Person
  className?: string
  withLabel?: boolean
}

/** Everything that is mine, behind my initials. */
export function AccountMenu({ person, className = classes.tool, withLabel = false }: Props) {
  const { t } = useTranslation()
  return (
    <DisclosurePanel
      label={t("nav.account")}
      className={className}
      labelShown={withLabel}
      trigger={<span className={classes.initials}>{initials(person.name)}</span>}
    >
      <p className={classes.who}>
        <strong>{person.name}</strong>
        {person.email && <span>{person.email}</span>}
      </p>
      <nav aria-label={t("nav.account")} className={classes.menu}>
        <Link to="/tickets">
          <Ticket size={18} aria-hidden /> {t("nav.tickets")}
        </Link>
        <Link to="/orders">
          <ReceiptText size={18} aria-hidden /> {t("nav.orders")}
        </Link>
        <Link to="/profile">
          <UserRound size={18} aria-hidden /> {t("nav.profile")}
        </Link>
        <Link to="/notifications">
          <Bell size={18} aria-hidden /> {t("nav.notifications")}
        </Link>
        <Link to="/addresses">
          <MapPin size={18} aria-hidden /> {t("nav.addresses")}
        </Link>
        <Link to="/security">
          <ShieldCheck size={18} aria-hidden /> {t("nav.security")}
        </Link>
        {person.isOrganizer ? (
          <Link to="/crm">
            <LayoutDashboard size={18} aria-hidden /> {t("nav.desk")}
          </Link>
        ) : (
          <Link to="/become-organizer">
            <Store size={18} aria-hidden /> {t("nav.becomeOrganizer")}
          </Link>
        )}
        <button type="button" data-closes onClick={() => void signOut().catch(() => undefined)}>
          <LogOut size={18} aria-hidden /> {t("nav.signOut")}
        </button>
      </nav>
    </DisclosurePanel>
  )
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("")
}
