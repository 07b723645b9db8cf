import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Mail, Smartphone } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { Dialog } from "@/ui/dialog"
import { Heading } from "@/ui/heading"
import { signInProviders } from "../api/sign-in"
import type { Way } from "../api/contacts"
import type { Person } from "../api/profile"
import classes from "./account-list.module.css"

const ContactForm = lazy(async () => ({ default: (await import("./contact-form")).ContactForm }))

/** E-mail and phone: which are proven, and how to have one that is. Nothing where only an e-mail counts and is there. */
export function Contacts({ person }: { person: Person }) {
  const { t } = useTranslation("accounts")
  const takesPhone = useQuery(signInProviders()).data?.phone.enabled === true
  const [asked, setAsked] = useState<Way | null>(null)
  const { email, email_verified, phone, phone_verified } = person
  if (!takesPhone && email) return null
  return (
    <section className={classes.section} aria-labelledby="contacts">
      <Heading level={2} id="contacts">
        {t("contacts.title")}
      </Heading>
      <ul className={classes.list}>
        <li className={classes.row}>
          <Mail size={22} aria-hidden />
          <div className={classes.words}>
            <strong>{email ?? t("contacts.email")}</strong>
            <span>{t(!email ? "contacts.emailNone" : email_verified ? "contacts.emailGood" : "contacts.emailOpen")}</span>
          </div>
          {!email && (
            <Button size="sm" onClick={() => setAsked("email")}>
              {t("contacts.addEmail")}
            </Button>
          )}
        </li>
        {takesPhone && (
          <li className={classes.row}>
            <Smartphone size={22} aria-hidden />
            <div className={classes.words}>
              <strong>{phone ?? t("contacts.phone")}</strong>
              <span>{t(!phone ? "contacts.phoneNone" : phone_verified ? "contacts.phoneGood" : "contacts.phoneOpen")}</span>
            </div>
            <Button size="sm" onClick={() => setAsked("phone")}>
              {t(phoneAction(person))}
            </Button>
          </li>
        )}
      </ul>
      {asked && (
        <Dialog title={t(asked === "email" ? "contacts.addEmail" : phoneAction(person))} onClose={() => setAsked(null)}>
          <Suspense>
            <ContactForm way={asked} said={asked === "phone" && !phone_verified ? (phone ?? "") : ""} onDone={() => setAsked(null)} />
          </Suspense>
        </Dialog>
      )}
    </section>
  )
}

function phoneAction({ phone, phone_verified }: Person) {
  if (!phone) return "contacts.addPhone"
  return phone_verified ? "contacts.changePhone" : "contacts.confirmPhone"
}
