import { Button } from "@mantine/core"
import { Link, Outlet, useLocation, type LinkProps } from "@tanstack/react-router"
import { Bell, MapPin, ShieldCheck, UserRound } from "lucide-react"
import { useEffect, useRef } from "react"
import { useTranslation } from "react-i18next"
import { useSendConfirmation } from "@/features/accounts/api/confirmation"
import { useMe } from "@/features/accounts/api/me"
import { FormProblem } from "@/ui/form"
import classes from "./account-layout.module.css"

/** What every page about oneself shares: the ways between them, beside the page or above it on a phone. */
export function AccountLayout() {
  const { t } = useTranslation(["accounts", "common"])
  const places = [
    { to: "/profile", icon: UserRound, label: t("common:nav.profile") },
    { to: "/notifications", icon: Bell, label: t("common:nav.notifications") },
    { to: "/addresses", icon: MapPin, label: t("common:nav.addresses") },
    { to: "/security", icon: ShieldCheck, label: t("common:nav.security") },
  ] satisfies { to: LinkProps["to"]; [more: string]: unknown }[]
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    // On a phone the row of tabs is wider than the screen: the one that is open comes into sight.
    const tab = nav.current?.querySelector<HTMLElement>("[aria-current=page]")
    if (nav.current && tab) nav.current.scrollLeft = tab.offsetLeft - 16
    // oxlint-disable-next-line react/exhaustive-deps -- after each change of the page
  }, [pathname])
  return (
    <div className={classes.layout}>
      <nav ref={nav} className={classes.nav} aria-label={t("common:nav.account")}>
        {places.map(({ to, icon: Icon, label }) => (
          <Link key={to} to={to}>
            <Icon size={18} aria-hidden /> {label}
          </Link>
        ))}
      </nav>
      <div className={classes.page}>
        <ConfirmBanner />
        <Outlet />
      </div>
    </div>
  )
}

/** Stays until the e-mail is confirmed. */
function ConfirmBanner() {
  const { t } = useTranslation("accounts")
  const { data: person } = useMe()
  const send = useSendConfirmation()
  if (!person?.email || person.email_verified) return null
  return (
    <section className={classes.banner} aria-label={t("confirm.title")}>
      <p role="status">
        {send.isSuccess ? t("confirm.sent", { email: person.email }) : t("confirm.banner", { email: person.email })}
      </p>
      <FormProblem error={send.error} />
      {!send.isSuccess && (
        <Button size="sm" loading={send.isPending} onClick={() => send.mutate()}>
          {t("confirm.send")}
        </Button>
      )}
    </section>
  )
}
