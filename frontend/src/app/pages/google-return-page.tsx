import { getRouteApi, useNavigate } from "@tanstack/react-router"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { useGoogleSignIn } from "@/features/accounts/api/sign-in"
import { takeNext } from "@/features/accounts/components/next-page"
import { ButtonLink } from "@/ui/button-link"
import { FormProblem } from "@/ui/form"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import { localPath } from "../guards"

const route = getRouteApi("/storefront/sign-in/google")

/** Where Google sends people back to, with a code to trade for a session. */
export function GoogleReturnPage() {
  const { t } = useTranslation("accounts")
  const { code, state } = route.useSearch()
  const navigate = useNavigate()
  const { mutate } = useGoogleSignIn()
  const [problem, setProblem] = useState<unknown>(null)
  const canceled = !code || !state
  useEffect(() => {
    if (!code || !state) return
    mutate(
      { code, state },
      { onSuccess: () => void navigate({ href: localPath(takeNext()) ?? "/", replace: true }), onError: setProblem },
    )
  }, [code, state, mutate, navigate])
  return (
    <>
      <PageHeader title={t("signIn")} lead={canceled ? t("google.canceled") : undefined} />
      {canceled || problem ? (
        <>
          <FormProblem error={problem} />
          <ButtonLink to="/sign-in" style={{ marginTop: 16 }}>
            {t("signIn")}
          </ButtonLink>
        </>
      ) : (
        <Skeleton height={120} />
      )}
    </>
  )
}
