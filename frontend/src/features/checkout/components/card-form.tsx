import { Button, TextInput } from "@mantine/core"
import { Lock } from "lucide-react"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { showOnForm } from "@/api/form-problems"
import { formatMoney } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { field, FormProblem } from "@/ui/form"
import type { Order } from "../api/orders"
import { useCharge, type Payment } from "../api/payments"
import { readExpiry, spacedCard, spacedExpiry } from "./card-number"
import classes from "./card-form.module.css"

const testCards = [
  { number: "4111 1111 1111 1111", means: "succeeds" },
  { number: "4000 0000 0000 0002", means: "declined" },
  { number: "4000 0000 0000 3220", means: "pending" },
] as const

interface Props {
  order: Order
  onPayment: (payment: Payment) => void
}

export function CardForm({ order, onPayment }: Props) {
  const { t } = useTranslation(["checkout", "common"])
  const language = useLanguage()
  const [problem, setProblem] = useState<unknown>(null)
  const charge = useCharge(order.order_number)
  const form = useForm({ defaultValues: { card_number: "", expiry: "", cvc: "" } })

  const submit = form.handleSubmit(({ card_number, expiry, cvc }) => {
    const date = readExpiry(expiry)
    if (!date) return form.setError("expiry", { message: t("card.expiryInvalid") }, { shouldFocus: true })
    setProblem(null)
    charge.mutate({ card_number, cvc, ...date }, {
      onSuccess: (payment) => {
        // A declined card is not typed twice: the next one is another.
        form.reset()
        onPayment(payment)
      },
      onError: (error) => setProblem(showOnForm(aboutExpiry(error), form)),
    })
  })

  const needed = t("common:invalid.required")
  const number = form.register("card_number", { required: needed })
  const expiry = form.register("expiry", { required: needed })

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <FormProblem error={problem} />
      <div className={classes.fields}>
        <TextInput
          className={classes.number}
          label={t("card.number")}
          inputMode="numeric"
          autoComplete="cc-number"
          placeholder="0000 0000 0000 0000"
          {...field(form, "card_number")}
          {...number}
          onChange={(event) => {
            event.target.value = spacedCard(event.target.value)
            void number.onChange(event)
          }}
        />
        <TextInput
          label={t("card.expiry")}
          inputMode="numeric"
          autoComplete="cc-exp"
          placeholder={t("card.expiryHint")}
          {...field(form, "expiry")}
          {...expiry}
          onChange={(event) => {
            event.target.value = spacedExpiry(event.target.value)
            void expiry.onChange(event)
          }}
        />
        <TextInput
          label={t("card.cvc")}
          inputMode="numeric"
          autoComplete="cc-csc"
          placeholder="000"
          maxLength={4}
          {...field(form, "cvc")}
          {...form.register("cvc", { required: needed, pattern: { value: /^\d{3,4}$/, message: t("card.cvcInvalid") } })}
        />
      </div>
      <Button type="submit" variant="primary" size="md" loading={charge.isPending} leftSection={<Lock size={18} aria-hidden />}>
        {t("pay.pay", { amount: formatMoney(order.total_amount, order.currency, language) })}
      </Button>
      <p className={classes.safe}>{t("card.safe")}</p>
      <div className={classes.hint}>
        <p>{t("card.testTitle")}</p>
        <ul>
          {testCards.map(({ number, means }) => (
            <li key={number}>
              <button
                type="button"
                onClick={() => {
                  form.reset({ card_number: number, expiry: "12 / 30", cvc: "123" })
                }}
              >
                {number}
              </button>{" "}
              {t(`card.${means}`)}
            </li>
          ))}
        </ul>
      </div>
    </form>
  )
}

/** The form has one field for month and year, the API two. */
function aboutExpiry(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  const errors = error.fields.map((problem) =>
    ["/exp_month", "/exp_year"].includes(problem.pointer) ? { ...problem, pointer: "/expiry" } : problem,
  )
  return new ApiError(error.status, { ...error.problem, errors }, error.requestId)
}
