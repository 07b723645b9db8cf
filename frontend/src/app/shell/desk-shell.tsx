import { Link, type LinkProps } from "@tanstack/react-router"
import {
  CalendarDays,
  CircleArrowLeft,
  FileDown,
  Gauge,
  ListTodo,
  Mail,
  Menu,
  Package,
  ReceiptText,
  ScanLine,
  Settings2,
  Users,
} from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { DisclosurePanel } from "@/ui/disclosure-panel"
import { AccountMenu, type Person } from "./account-menu"
import classes from "./desk-shell.module.css"
import { Preferences } from "./preferences"
import shared from "./shell.module.css"
import { Wordmark } from "./wordmark"

interface Props {
  person: Person
  children: ReactNode
}

/** The organizer's desk: a side rail where there is room, a thumb bar and a sheet where there is not. */
export function DeskShell({ person, children }: Props) {
  const { t } = useTranslation()
  const places = [
    { to: "/crm", exact: true, icon: Gauge, label: t("nav.dashboard"), thumb: true },
    { to: "/crm/orders", icon: ReceiptText, label: t("nav.orders"), thumb: true },
    { to: "/crm/events", icon: CalendarDays, label: t("nav.events"), thumb: true },
    { to: "/crm/products", icon: Package, label: t("nav.products"), thumb: false },
    { to: "/crm/check-in", icon: ScanLine, label: t("nav.checkIn"), thumb: true },
    { to: "/crm/customers", icon: Users, label: t("nav.customers"), thumb: false },
    { to: "/crm/mailings", icon: Mail, label: t("nav.mailings"), thumb: false },
    { to: "/crm/tasks", icon: ListTodo, label: t("nav.tasks"), thumb: false },
    { to: "/crm/exports", icon: FileDown, label: t("nav.files"), thumb: false },
    { to: "/crm/settings", icon: Settings2, label: t("nav.settings"), thumb: false },
  ] satisfies { to: LinkProps["to"]; [more: string]: unknown }[]

  return (
    <div className={classes.desk}>
      <header className={classes.bar}>
        <Link to="/crm" className={shared.brand} aria-label={`Delux, ${t("nav.dashboard")}`}>
          <Wordmark />
        </Link>
        <div className={shared.tools}>
          <Preferences />
          <AccountMenu person={person} />
        </div>
      </header>

      <nav className={classes.rail} aria-label={t("nav.desk")}>
        {places.map(({ to, exact, icon: Icon, label }) => (
          <Link key={to} to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
            <Icon size={19} aria-hidden /> {label}
          </Link>
        ))}
        <Link to="/" activeOptions={{ exact: true }} className={classes.leave}>
          <CircleArrowLeft size={19} aria-hidden /> {t("nav.storefront")}
        </Link>
      </nav>

      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>

      <nav className={shared.tabs} aria-label={t("nav.desk")}>
        {places
          .filter((place) => place.thumb)
          .map(({ to, exact, icon: Icon, label }) => (
            <Link key={to} to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
              <Icon size={22} aria-hidden /> {label}
            </Link>
          ))}
        <DisclosurePanel
          label={t("nav.more")}
          className={shared.tab}
          labelShown
          trigger={<Menu size={22} aria-hidden />}
        >
          <div className={shared.menu}>
            {places
              .filter((place) => !place.thumb)
              .map(({ to, icon: Icon, label }) => (
                <Link key={to} to={to}>
                  <Icon size={19} aria-hidden /> {label}
                </Link>
              ))}
            <Link to="/">
              <CircleArrowLeft size={19} aria-hidden /> {t("nav.storefront")}
            </Link>
          </div>
        </DisclosurePanel>
      </nav>
    </div>
  )
}
