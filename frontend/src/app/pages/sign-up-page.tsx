import { getRouteApi } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { SignUpForm } from "@/features/accounts/components/sign-up-form"
import { PageHeader } from "@/ui/page-header"
import { useLeaveWhenSignedIn } from "./use-leave-when-signed-in"

const route = getRouteApi("/storefront/sign-up")

export function SignUpPage() {
  const { t } = useTranslation("accounts")
  const { next } = route.useSearch()
  useLeaveWhenSignedIn(next)
  return (
    <>
      <PageHeader title={t("signUp")} lead={next?.startsWith("/checkout") ? t("toCheckout") : undefined} />
      <SignUpForm next={next} />
    </>
  )
}
