import { useTranslation } from "react-i18next"
import { Heading } from "@/ui/heading"
import { IdentityFields } from "./identity-fields"
import type { Identity } from "./use-identity"
import classes from "./identity.module.css"

/** The last thing a guest says before an order: who they are. */
export function GuestSection({ identity }: { identity: Identity }) {
  const { t } = useTranslation("accounts")
  return (
    <section className={classes.guest} aria-labelledby="guest">
      <Heading level={2} id="guest">
        {t("guest.title")}
      </Heading>
      <p className={classes.lead}>{identity.takesPhone ? t("guest.leadPhone") : t("guest.lead")}</p>
      <div className={classes.card}>
        <IdentityFields identity={identity} />
      </div>
    </section>
  )
}
