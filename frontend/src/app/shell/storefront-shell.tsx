import { Link } from "@tanstack/react-router"
import { CalendarDays, ShoppingBag, Store, Ticket, UserRound } from "lucide-react"
import { Suspense, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { openBasket } from "@/features/checkout/api/basket-sheet"
import { lazyWhenIdle } from "@/lib/lazy-when-idle"
import type { Person } from "./account-menu"
import { Footer } from "./footer"
import { SearchButton } from "./search-button"
import classes from "./shell.module.css"
import { Wordmark } from "./wordmark"

// Nobody uses these before the page is there: their code comes after it, into places kept for them.
const SearchBox = lazyWhenIdle(async () => (await import("./search-box")).SearchBox)
const BasketLayer = lazyWhenIdle(async () => (await import("./basket-layer")).BasketLayer)
const AccountMenu = lazyWhenIdle(async () => (await import("./account-menu")).AccountMenu)
const Preferences = lazyWhenIdle(async () => (await import("./preferences")).Preferences)
const NotificationBell = lazyWhenIdle(async () => (await import("./notification-bell")).NotificationBell)

interface Props {
  /** Null for a guest, undefined while that is not known yet: then nothing is offered that would vanish. */
  person: Person | null | undefined
  basketCount: number
  /** Things the person has been told and not read. */
  unread: number
  children: ReactNode
}

export function StorefrontShell({ person, basketCount, unread, children }: Props) {
  const { t } = useTranslation()
  const basketLabel = t("nav.basketWithCount", { count: basketCount })

  return (
    <div className={classes.storefront}>
      <header className={classes.bar}>
        <div className={classes.barInner}>
          <Link to="/" className={classes.brand} aria-label={`Delux, ${t("nav.home")}`}>
            <Wordmark />
          </Link>
          <nav className={classes.links} aria-label={t("nav.main")}>
            <Link to="/events">{t("nav.events")}</Link>
            <Link to="/shop">{t("nav.shop")}</Link>
          </nav>
          <div className={classes.search}>
            <Suspense>
              <SearchBox />
            </Suspense>
          </div>
          <div className={classes.tools}>
            <SearchButton className={`${classes.tool} ${classes.searchButton}`} />
            <Suspense fallback={<span className={classes.tool} />}>
              <Preferences />
            </Suspense>
            <Suspense>{person && <NotificationBell unread={unread} />}</Suspense>
            <button
              type="button"
              data-opens-basket
              className={`${classes.tool} ${classes.wideOnly}`}
              aria-label={basketLabel}
              aria-haspopup="dialog"
              onClick={() => openBasket()}
            >
              <ShoppingBag size={20} aria-hidden />
              <Count value={basketCount} />
            </button>
            {person && (
              <span className={classes.wideOnly}>
                <Suspense fallback={<span className={classes.tool} />}>
                  <AccountMenu person={person} />
                </Suspense>
              </span>
            )}
            {person === null && (
              <Link to="/sign-in" className={`${classes.signIn} ${classes.wideOnly}`}>
                {t("nav.signIn")}
              </Link>
            )}
          </div>
        </div>
      </header>

      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <Footer />

      <nav className={classes.tabs} aria-label={t("nav.main")}>
        <Link to="/events">
          <CalendarDays size={22} aria-hidden /> {t("nav.events")}
        </Link>
        <Link to="/shop">
          <Store size={22} aria-hidden /> {t("nav.shop")}
        </Link>
        <button
          type="button"
          data-opens-basket
          className={classes.tab}
          aria-label={basketLabel}
          aria-haspopup="dialog"
          onClick={() => openBasket()}
        >
          <ShoppingBag size={22} aria-hidden /> {t("nav.basket")} <Count value={basketCount} />
        </button>
        <Link to="/tickets">
          <Ticket size={22} aria-hidden /> {t("nav.tickets")}
        </Link>
        {person && (
          <Suspense fallback={<span className={classes.tab} />}>
            <AccountMenu person={person} className={classes.tab} withLabel />
          </Suspense>
        )}
        {person === null && (
          <Link to="/sign-in">
            <UserRound size={22} aria-hidden /> {t("nav.signIn")}
          </Link>
        )}
        {person === undefined && <span className={classes.tab} />}
      </nav>
      <Suspense>
        <BasketLayer />
      </Suspense>
    </div>
  )
}

function Count({ value }: { value: number }) {
  if (value === 0) return null
  return (
    <span className={classes.count} key={value}>
      {value > 99 ? "99+" : value}
    </span>
  )
}
