import { Button, Loader } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import { ErrorState } from "@/ui/error-state"
import { Skeleton } from "@/ui/skeleton"
import { nextLook, patienceMs, paymentDetail } from "../api/payments"
import { orderDetail, type Order } from "../api/orders"
import { CardForm } from "./card-form"
import { HoldClock } from "./hold-clock"
import { Columns } from "./layout"
import { LineList } from "./line-list"
import { Notice } from "./notice"
import { OrderSummary } from "./order-summary"

interface Props {
  number: string
  /** The attempt being decided, as the address names it. */
  paymentId: number | undefined
  onPayment: (id: number | undefined) => void
  onPaid: () => void
}

/** Paying for one order: the card, the bank's decision, and what to do when it says no. */
export function PayView({ number, paymentId, onPayment, onPaid }: Props) {
  const { data: order, error, refetch } = useQuery({
    ...orderDetail(number),
    // Somebody reloaded while the bank was thinking: the order tells when it has decided.
    refetchInterval: ({ state }) => (state.data?.payment_in_flight && !paymentId ? 2_000 : false),
  })
  const paid = order?.payment_status === "paid"
  useEffect(() => {
    if (paid) onPaid()
  }, [paid, onPaid])

  if (error && !order) return <ErrorState error={error} onRetry={refetch} />
  if (!order || paid) return <PaySkeleton />
  return (
    <Columns side={<OrderSummary order={order} />}>
      <Paying order={order} paymentId={paymentId} onPayment={onPayment} />
      <LineList currency={order.currency} lines={order.items.map((item) => ({ ...item, amount: item.total_price }))} />
    </Columns>
  )
}

function Paying({ order, paymentId, onPayment }: { order: Order } & Pick<Props, "paymentId" | "onPayment">) {
  const { t } = useTranslation("checkout")
  const queryClient = useQueryClient()
  const { data: payment } = useQuery({ ...paymentDetail(paymentId ?? 0), enabled: paymentId !== undefined })
  const look = useCallback(() => queryClient.invalidateQueries({ queryKey: ["orders"] }), [queryClient])
  const decision = payment?.status === "initiated" ? undefined : payment?.status
  useEffect(() => {
    if (decision) void look()
  }, [decision, look])

  if (payment?.status === "initiated") return <DecidedSoon key={payment.id} id={payment.id} />
  if (order.payment_in_flight && !payment) return <Deciding />
  if (!order.can_pay) return <Closed order={order} said={payment?.message} />
  return (
    <>
      {payment?.status === "failed" && (
        <Notice tone="danger" alert title={t("pay.declined")}>
          <p>{t(payment.failure_code === "card_declined" ? "pay.declinedText" : "pay.failedText")}</p>
        </Notice>
      )}
      {order.expires_at && <HoldClock expiresAt={order.expires_at} onOver={() => void look()} />}
      <CardForm order={order} onPayment={({ id }) => onPayment(id)} />
    </>
  )
}

/** Follow a payment until it is decided: after 1, 2, then every 4 seconds, for a minute; then when asked. */
function DecidedSoon({ id }: { id: number }) {
  const [since, setSince] = useState(() => Date.now())
  const [isLong, setIsLong] = useState(false)
  const { refetch } = useQuery({
    ...paymentDetail(id),
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) =>
      state.data?.status === "initiated" && nextLook(state.dataUpdateCount - 1, Date.now() - since),
  })
  useEffect(() => {
    if (isLong) return
    const timer = setTimeout(() => setIsLong(true), patienceMs)
    return () => clearTimeout(timer)
  }, [isLong])

  function look() {
    setIsLong(false)
    setSince(Date.now())
    void refetch()
  }
  return <Deciding onLook={isLong ? look : undefined} />
}

function Deciding({ onLook }: { onLook?: (() => void) | undefined }) {
  const { t } = useTranslation("checkout")
  return (
    <Notice
      title={t("pay.deciding")}
      icon={onLook ? undefined : <Loader size="sm" color="var(--ink)" aria-hidden />}
      actions={onLook && <Button onClick={onLook}>{t("pay.look")}</Button>}
    >
      <p>{onLook ? t("pay.decidingLong") : t("pay.decidingText")}</p>
    </Notice>
  )
}

/** Nothing can be paid here any more; `said` is what became of the last attempt. */
function Closed({ order, said }: { order: Order; said: string | undefined }) {
  const { t } = useTranslation("checkout")
  const over = order.status === "canceled" && order.cancel_reason === "buyer" ? "canceled" : "expired"
  return (
    <Notice
      tone="warm"
      alert
      title={t(`pay.${over}`)}
      actions={
        <ButtonLink to="/orders/$number" params={{ number: order.order_number }}>
          {t("pay.toOrder")}
        </ButtonLink>
      }
    >
      <p>{t(`pay.${over}Text`)}</p>
      {said && <p>{said}</p>}
    </Notice>
  )
}

function PaySkeleton() {
  return (
    <Columns side={<Skeleton height={240} />}>
      <Skeleton height={64} />
      <Skeleton height={260} />
    </Columns>
  )
}
