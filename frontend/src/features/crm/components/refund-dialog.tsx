import { Button, Checkbox, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatMoney, isZero } from "@/lib/money"
import { newKey } from "@/lib/new-key"
import { useLanguage } from "@/lib/use-language"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { Money } from "@/ui/money"
import { notify } from "@/ui/notify"
import { QuantityStepper } from "@/ui/quantity-stepper"
import { SumLine } from "@/ui/sum-line"
import { refundPreview, useRefund, type Order } from "../api/orders"
import { chooseAll, leftToRefund, wishOf } from "../refund-wish"
import { Chosen } from "./order-lines"
import classes from "./refund-dialog.module.css"

interface Props {
  order: Order
  reference: string
  onClose: () => void
}

/** Give back all or some of an order. The server says the sum first; the button carries that sum and nothing else. */
export function RefundDialog({ order, reference, onClose }: Props) {
  const { t } = useTranslation(["crm", "common"])
  const language = useLanguage()
  const [choice, setChoice] = useState(() => chooseAll(order))
  const [reason, setReason] = useState("")
  const wish = wishOf(order, choice)
  const preview = useQuery({ ...refundPreview(reference, wish ?? {}), enabled: wish !== null })
  const refund = useRefund(reference)
  const intention = useIntentionKey()
  const sum = wish && preview.data && !preview.isFetching ? formatMoney(preview.data.amount, preview.data.currency, language) : null

  function confirm() {
    if (!wish || sum === null || refund.isPending) return
    const body = { ...wish, ...(reason.trim() && { reason: reason.trim() }) }
    refund.mutate(
      { key: intention(JSON.stringify(body)), wish: body },
      {
        onSuccess: ({ amount, currency, status }) => {
          const sum = formatMoney(amount, currency, language)
          void notify(t(status === "succeeded" ? "refund.done" : status === "failed" ? "refund.failed" : "refund.onItsWay", { sum }), {
            tone: status === "failed" ? "danger" : "info",
          })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog onClose={onClose} title={t("refund.title", { number: order.order_number })} size="lg" closeOnClickOutside={false}>
      <div className={classes.form}>
        <p className={classes.lead}>{t("refund.lead")}</p>
        <ul className={classes.lines}>
          {leftToRefund(order).map((item) => (
            <li key={item.id}>
              <div className={classes.words}>
                <strong>{item.title}</strong>
                <small>
                  <Chosen item={item} />
                  {" · "}
                  <Money amount={item.unit_price} currency={order.currency} />
                </small>
              </div>
              <QuantityStepper
                label={t("refund.pieces", { title: item.title })}
                min={0}
                max={item.quantity - item.refunded_quantity}
                value={choice.pieces[item.id] ?? 0}
                onChange={(quantity) => setChoice((old) => ({ ...old, pieces: { ...old.pieces, [item.id]: quantity } }))}
              />
            </li>
          ))}
        </ul>
        {!isZero(order.shipping) && (
          <Checkbox
            label={t("refund.shipping", { sum: formatMoney(order.shipping, order.currency, language) })}
            checked={choice.shipping}
            onChange={({ currentTarget: { checked } }) => setChoice((old) => ({ ...old, shipping: checked }))}
          />
        )}
        <TextInput
          label={t("refund.reason")}
          description={t("refund.reasonHint")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <SumLine live label={t("refund.buyerGets")} sum={wish === null ? t("refund.nothing") : (sum ?? t("refund.counting"))} />
        <FormProblem error={refund.error ?? (wish && preview.error)} />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("refund.keep")}</Button>
          <Button variant="danger" disabled={sum === null && !refund.isPending} loading={refund.isPending} onClick={confirm}>
            {sum === null ? t("refund.action") : t("refund.confirm", { sum })}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** One key for one body: a second try after a lost answer carries the first try's key, a changed wish a new one. */
function useIntentionKey(): (body: string) => string {
  const keys = useRef(new Map<string, string>())
  return (body) => {
    const key = keys.current.get(body) ?? newKey()
    keys.current.set(body, key)
    return key
  }
}
