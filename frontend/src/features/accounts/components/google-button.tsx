import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { signInProviders, useGoogleStart } from "../api/sign-in"
import { keepNext } from "./next-page"
import classes from "./accounts.module.css"

/** The way through Google, where the server knows one. */
export function GoogleButton({ next }: { next: string | undefined }) {
  const { t } = useTranslation(["accounts", "common"])
  const { data } = useQuery(signInProviders())
  const start = useGoogleStart()
  if (!data?.google.enabled) return null
  return (
    <>
      <div className={classes.or}>{t("common:or")}</div>
      <FormProblem error={start.error} />
      <Button
        loading={start.isPending}
        onClick={() => {
          keepNext(next)
          start.mutate()
        }}
      >
        {t("google.continue")}
      </Button>
    </>
  )
}
