import { getRouteApi } from "@tanstack/react-router"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { PayView } from "@/features/checkout/components/pay-view"
import { PageHeader } from "@/ui/page-header"

const route = getRouteApi("/storefront/personal/orders/$number/pay")

export function PayPage() {
  const { t } = useTranslation("checkout")
  const { number } = route.useParams()
  const { payment } = route.useSearch()
  const navigate = route.useNavigate()
  const follow = useCallback(
    (id: number | undefined) => void navigate({ search: { payment: id }, replace: true, resetScroll: false }),
    [navigate],
  )
  const arrive = useCallback(
    () => void navigate({ to: "/orders/$number", params: { number }, search: { paid: true }, replace: true }),
    [navigate, number],
  )
  return (
    <>
      <PageHeader title={t("payment")} kicker={t("order", { number })} />
      <PayView number={number} paymentId={payment} onPayment={follow} onPaid={arrive} />
    </>
  )
}
