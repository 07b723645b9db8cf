import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { PageHeader } from "@/ui/page-header"
import classes from "./privacy-page.module.css"

const parts = ["kept", "seen", "counted", "paid", "device", "long", "yours"] as const

/** What Delux stores about people, in words they use themselves. */
export function PrivacyPage() {
  const { t } = useTranslation(["privacy", "common"])
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className={classes.parts}>
        {parts.map((part) => (
          <section key={part}>
            <h2>{t(`${part}.title`)}</h2>
            <p>{t(`${part}.text`)}</p>
          </section>
        ))}
        <p>
          <Link to="/security">{t("go")}</Link>
        </p>
      </div>
    </>
  )
}
