import { Button, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useEffect, useState } from "react"
import { useForm, useWatch, type Resolver, type UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { isZero } from "@/lib/money"
import { z } from "@/lib/zod"
import { field } from "@/ui/form"
import { Money } from "@/ui/money"
import { sumsFor } from "../api/basket-math"
import type { Basket } from "../api/cart"
import type { Order } from "../api/orders"
import { openAttempt, usePlaceOrder, type OrderWish } from "../api/place-order"
import { CheckoutRefusal } from "./checkout-refusal"
import { Columns } from "./layout"
import { LineList } from "./line-list"
import { Summary } from "./summary"
import classes from "./checkout-form.module.css"

const address = z.object({
  recipient: z.string().trim().min(1).max(120),
  phone: z.string().trim().min(1).max(32),
  region: z.string().trim().max(80),
  city: z.string().trim().min(1).max(80),
  street: z.string().trim().min(1).max(200),
  postal_code: z.string().trim().min(1).max(12),
  comment: z.string().trim().max(300),
})
const delivered = z.object({ delivery_type: z.literal("delivery"), shipping_address: address })
const unaddressed = z.object({ delivery_type: z.enum(["none", "pickup"]), shipping_address: z.looseObject({}) })

interface Values {
  delivery_type: "none" | "pickup" | "delivery"
  shipping_address: z.infer<typeof address>
}

const countries = { KZT: "KZ", KGS: "KG", USD: "US" } as const

/** By the choice made, as the address of somebody who comes for their shoes is nobody's business. */
const resolver: Resolver<Values> = (values, context, options) =>
  values.delivery_type === "delivery"
    ? (zodResolver(delivered) as unknown as Resolver<Values>)(values, context, options)
    : (zodResolver(unaddressed) as unknown as Resolver<Values>)(values, context, options)

export interface KnownPerson {
  name: string
  phone: string
  city: string
}

interface Props {
  basket: Basket
  person: KnownPerson
  onOrder: (order: Order) => void
}

/** The one screen between basket and payment: what, how it comes to the buyer, and the total agreed to. */
export function CheckoutForm({ basket, person, onOrder }: Props) {
  const { t } = useTranslation("checkout")
  const [problem, setProblem] = useState<unknown>(null)
  const place = usePlaceOrder()
  const canPickUp = basket.shipping_options.every((option) => option.pickup_address !== "")
  const form = useForm<Values>({
    resolver,
    defaultValues: {
      delivery_type: !basket.needs_delivery ? "none" : canPickUp ? "pickup" : "delivery",
      shipping_address: { recipient: person.name, phone: person.phone, region: "", city: person.city, street: "", postal_code: "", comment: "" },
    },
  })
  const delivery = useWatch({ control: form.control, name: "delivery_type" })
  const currency = basket.currency ?? "KZT"
  const sums = sumsFor(basket, delivery)

  function order(wish: OrderWish) {
    setProblem(null)
    place.mutate(wish, { onSuccess: onOrder, onError: (error) => setProblem(showOnForm(error, form)) })
  }

  // An order asked for before a reload or a lost network is asked for again by itself.
  useEffect(() => {
    const open = openAttempt()
    if (open) order(open.wish)
    // oxlint-disable-next-line react/exhaustive-deps -- once, on arrival
  }, [])

  const submit = form.handleSubmit((values) =>
    order({
      delivery_type: values.delivery_type,
      expected_total: sums.total,
      ...(values.delivery_type === "delivery" && {
        shipping_address: { ...values.shipping_address, country: countries[currency] },
      }),
    }),
  )

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <Columns
        side={
          <Summary
            title={t("summary.title", { count: basket.item_count })}
            rows={[
              { key: "items", label: t("summary.items"), amount: sums.subtotal, free: true },
              { key: "shipping", label: t("summary.delivery"), amount: sums.shipping, free: delivery === "delivery" },
            ]}
            total={sums.total}
            currency={currency}
            action={
              <Button type="submit" variant="primary" loading={place.isPending} disabled={!basket.can_order}>
                {isZero(sums.total) ? t("checkoutForm.placeFree") : t("checkoutForm.place")}
              </Button>
            }
            note={isZero(sums.total) ? t("checkoutForm.freeNote") : t("checkoutForm.note")}
          >
            <CheckoutRefusal error={problem} />
          </Summary>
        }
      >
        {basket.needs_delivery && <DeliveryChoice form={form} basket={basket} canPickUp={canPickUp} />}
        {delivery === "delivery" && <AddressFields form={form} country={countries[currency]} />}
        <section>
          <h2 className={classes.legend}>{t("checkoutForm.what")}</h2>
          <LineList
            currency={currency}
            lines={basket.lines.map((line) => ({ ...line, amount: line.line_total }))}
          />
        </section>
      </Columns>
    </form>
  )
}

function DeliveryChoice({ form, basket, canPickUp }: { form: UseFormReturn<Values>; basket: Basket; canPickUp: boolean }) {
  const { t } = useTranslation("checkout")
  const currency = basket.currency ?? "KZT"
  const { error } = form.getFieldState("delivery_type", form.formState)
  return (
    <fieldset className={classes.set} aria-describedby={error && "delivery-problem"}>
      <legend>{t("delivery.title")}</legend>
      <div className={classes.choices}>
        <label className={classes.choice}>
          <input type="radio" value="pickup" disabled={!canPickUp} {...form.register("delivery_type")} />
          <strong>{t("delivery.pickup")}</strong>
          <Money amount="0.00" currency={currency} free />
          <small>
            {canPickUp
              ? basket.shipping_options
                  .map((option) => `${option.organizer.display_name}: ${option.pickup_address}`)
                  .join("; ")
              : t("delivery.noPickup")}
          </small>
        </label>
        <label className={classes.choice}>
          <input type="radio" value="delivery" {...form.register("delivery_type")} />
          <strong>{t("delivery.delivery")}</strong>
          <Money amount={sumsFor(basket, "delivery").shipping} currency={currency} free />
          <small>{t("delivery.deliveryText", { count: basket.shipping_options.length })}</small>
        </label>
      </div>
      {error && (
        <p id="delivery-problem" className={classes.problem}>
          {error.message}
        </p>
      )}
    </fieldset>
  )
}

function AddressFields({ form, country }: { form: UseFormReturn<Values>; country: "KZ" | "KG" | "US" }) {
  const { t } = useTranslation("checkout")
  return (
    <fieldset className={classes.set}>
      <legend>{t("address.title", { country })}</legend>
      <div className={classes.fields}>
        <TextInput label={t("address.recipient")} autoComplete="name" {...field(form, "shipping_address.recipient")} />
        <TextInput label={t("address.phone")} type="tel" inputMode="tel" autoComplete="tel" {...field(form, "shipping_address.phone")} />
        <TextInput label={t("address.city")} autoComplete="address-level2" {...field(form, "shipping_address.city")} />
        {country === "US" && (
          <TextInput label={t("address.state")} autoComplete="address-level1" maxLength={2} {...field(form, "shipping_address.region")} />
        )}
        <TextInput
          label={t("address.postalCode")}
          autoComplete="postal-code"
          inputMode={country === "US" ? "numeric" : "text"}
          {...field(form, "shipping_address.postal_code")}
        />
        <TextInput
          className={classes.wide}
          label={t("address.street")}
          autoComplete="street-address"
          {...field(form, "shipping_address.street")}
        />
        <TextInput
          className={classes.wide}
          label={t("address.comment")}
          description={t("address.commentText")}
          {...field(form, "shipping_address.comment")}
        />
      </div>
    </fieldset>
  )
}
