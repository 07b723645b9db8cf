import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { SignInForm } from "@/features/accounts/components/sign-in-form"
import { PageHeader } from "@/ui/page-header"
import { useLeaveWhenSignedIn } from "./use-leave-when-signed-in"

const route = getRouteApi("/storefront/sign-in")

export function SignInPage() {
  const { t } = useTranslation("accounts")
  const { next } = route.useSearch()
  useLeaveWhenSignedIn(next)
  return (
    <>
      <PageHeader title={t("signIn")} lead={next?.startsWith("/checkout") ? t("toCheckout") : undefined} />
      <SignInForm next={next} />
    </>
  )
}
