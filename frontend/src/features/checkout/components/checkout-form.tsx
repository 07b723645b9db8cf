import { Button, TextInput } from "@mantine/core"
import { lazy, Suspense, useEffect, useEffectEvent, useState, type ReactNode } from "react"
import { useForm, useWatch, type UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { keepDraft, readDraft } from "@/lib/draft"
import { isZero } from "@/lib/money"
import { field } from "@/ui/form"
import { Money } from "@/ui/money"
import { Skeleton } from "@/ui/skeleton"
import { countryOf, sumsFor } from "../api/basket-math"
import type { Basket } from "../api/cart"
import type { Order } from "../api/orders"
import { openAttempt, usePlaceOrder, type OrderWish } from "../api/place-order"
import type { CheckoutValues } from "../checks"
import { Columns } from "./layout"
import { LineList } from "./line-list"
import { Notice } from "./notice"
import { SavedAddresses, useSavedAddress, type SavedAddress } from "./saved-addresses"
import { Summary } from "./summary"
import classes from "./checkout-form.module.css"

// Seldom needed: its code comes with the first refusal.
const CheckoutRefusal = lazy(async () => ({ default: (await import("./checkout-refusal")).CheckoutRefusal }))

// After the fields before it: nobody waits for it.
const KeepAddress = lazy(async () => ({ default: (await import("./keep-address")).KeepAddress }))

const DRAFT = "checkout"
const ADDRESS = ["recipient", "phone", "region", "city", "street", "postal_code", "comment"] as const

export interface KnownPerson {
  name: string
  phone: string
  city: string
}

/** Somebody not signed in yet, and the way they become so on this screen. */
export interface Guest {
  section: ReactNode
  /** The button places the order; false while it only goes one step on. */
  isLastStep: boolean
  isPending: boolean
  /** One step on; resolves to the basket that is theirs once they are signed in. */
  submit: () => Promise<Basket | null>
}

interface Props {
  basket: Basket
  person: KnownPerson
  /** Where the person had things sent before, in the basket's country. */
  saved: SavedAddress[]
  guest?: Guest | undefined
  /** Keep the address of an order that was placed for the next one. */
  onKeepAddress: (address: NonNullable<OrderWish["shipping_address"]>) => void
  onOrder: (order: Order) => void
}

/** The one screen between basket and payment: what, how it comes to the buyer, who that is, and the total agreed to. */
export function CheckoutForm({ basket, person, saved, guest, onKeepAddress, onOrder }: Props) {
  const { t } = useTranslation("checkout")
  const [isOther, setOther] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [keeps, setKeeps] = useState(false)
  const canPickUp = basket.shipping_options.every((option) => option.pickup_address !== "")
  const form = useForm<CheckoutValues>({
    resolver: checkedBy((values) => import("../checks").then((checks) => checks.checkout(values.delivery_type))),
    defaultValues: {
      delivery_type: !basket.needs_delivery ? "none" : canPickUp ? "pickup" : "delivery",
      shipping_address: { recipient: person.name, phone: person.phone, region: "", city: person.city, street: "", postal_code: "", comment: "" },
    },
  })
  const [draft] = useState(() => readDraft(DRAFT))
  const { chosen, choose } = useSavedAddress(form, saved, draft.chosen)
  useTypedBefore(form, draft, chosen)
  const place = usePlaceOrder((placed, wish) => {
    if (keeps && chosen === null && wish.shipping_address) onKeepAddress(wish.shipping_address)
    onOrder(placed)
  })
  const delivery = useWatch({ control: form.control, name: "delivery_type" })
  const country = countryOf(basket)
  const sums = sumsFor(basket, delivery)
  const placing = isZero(sums.total) ? t("checkoutForm.placeFree") : t("checkoutForm.place")
  const afterwards = isZero(sums.total) ? t("checkoutForm.freeNote") : t("checkoutForm.note")

  function order(wish: OrderWish) {
    setProblem(null)
    place.mutate(wish, { onError: (error) => setProblem(showOnForm(error, form)) })
  }

  // An order asked for before a reload or a lost network is asked for again by itself.
  useEffect(() => {
    const open = openAttempt()
    if (open && !guest) order(open.wish)
    // oxlint-disable-next-line react/exhaustive-deps -- once, on arrival
  }, [])

  // A basket merged at sign-in may hold gear where there were only tickets, or the other way round.
  useEffect(() => {
    if (basket.needs_delivery === (form.getValues("delivery_type") === "none")) {
      form.setValue("delivery_type", !basket.needs_delivery ? "none" : canPickUp ? "pickup" : "delivery")
    }
  }, [basket.needs_delivery, canPickUp, form])

  const submit = form.handleSubmit(async (values) => {
    setOther(false)
    const wish: OrderWish = {
      delivery_type: values.delivery_type,
      expected_total: sums.total,
      ...(values.delivery_type === "delivery" && { shipping_address: { ...values.shipping_address, country } }),
    }
    if (!guest) return order(wish)
    try {
      const own = await guest.submit()
      // What was typed stays. Only the order that was seen is placed unasked.
      if (own && isSame(own, basket)) order(wish)
      else if (own) setOther(true)
    } catch (error) {
      setProblem(error)
    }
  })

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
            currency={basket.currency ?? "KZT"}
            action={
              <Button
                type="submit"
                variant="primary"
                loading={place.isPending || guest?.isPending || form.formState.isSubmitting}
                disabled={!basket.can_order}
              >
                {guest && !guest.isLastStep ? t("checkoutForm.guestSend") : placing}
              </Button>
            }
            note={guest && !guest.isLastStep ? t("checkoutForm.guestSendNote") : afterwards}
          >
            <Suspense>{Boolean(problem) && <CheckoutRefusal error={problem} />}</Suspense>
            {isOther && <Notice tone="warm" alert title={t("checkoutForm.changed")} />}
          </Summary>
        }
      >
        {basket.needs_delivery && <DeliveryChoice form={form} basket={basket} canPickUp={canPickUp} />}
        {delivery === "delivery" && (
          <fieldset className={classes.set}>
            <legend>{t("address.title", { country })}</legend>
            <SavedAddresses saved={saved} chosen={chosen} onChoose={choose} />
            {(chosen === null || form.formState.errors.shipping_address) && <AddressFields form={form} country={country} />}
            <TextInput
              label={t("address.comment")}
              description={t("address.commentText")}
              {...field(form, "shipping_address.comment")}
            />
            {chosen === null && (
              <Suspense fallback={<Skeleton height={24} />}>
                <KeepAddress keeps={keeps} onKeep={setKeeps} />
              </Suspense>
            )}
          </fieldset>
        )}
        <section>
          <h2 className={classes.legend}>{t("checkoutForm.what")}</h2>
          <LineList
            currency={basket.currency ?? "KZT"}
            lines={basket.lines.map((line) => ({ ...line, amount: line.line_total }))}
          />
        </section>
        {guest?.section}
      </Columns>
    </form>
  )
}

/** Put back what was typed before a reload or a step back, and keep what is typed now. */
function useTypedBefore(form: UseFormReturn<CheckoutValues>, draft: Record<string, unknown>, chosen: number | null) {
  const restore = useEffectEvent(() => {
    const { delivery_type: delivery, shipping_address: address } = draft
    const choice = (["pickup", "delivery"] as const).find((known) => known === delivery)
    if (choice && form.getValues("delivery_type") !== "none") form.setValue("delivery_type", choice, { shouldDirty: true })
    for (const name of ADDRESS) {
      const text = (address as Record<string, unknown> | undefined)?.[name]
      if (typeof text === "string" && text !== "") form.setValue(`shipping_address.${name}`, text, { shouldDirty: true })
    }
  })
  const keep = useEffectEvent((values: CheckoutValues) => keepTyped(values, chosen))
  useEffect(() => {
    restore()
    return form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) })
  }, [form])
  useEffect(() => keepTyped(form.getValues(), chosen), [chosen, form])
}

/** A saved address is kept by its number alone: it is not for typing over. */
function keepTyped(values: CheckoutValues, chosen: number | null) {
  const { comment } = values.shipping_address
  keepDraft(DRAFT, { ...values, chosen, ...(chosen !== null && { shipping_address: { comment } }) })
}

/** Whether a basket taken over at sign-in is the one that was looked at. */
function isSame(own: Basket, seen: Basket): boolean {
  return (
    own.can_order &&
    own.item_count === seen.item_count &&
    own.subtotal === seen.subtotal &&
    own.lines.length === seen.lines.length &&
    sumsFor(own, "delivery").total === sumsFor(seen, "delivery").total
  )
}

function DeliveryChoice({ form, basket, canPickUp }: { form: UseFormReturn<CheckoutValues>; basket: Basket; canPickUp: boolean }) {
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

function AddressFields({ form, country }: { form: UseFormReturn<CheckoutValues>; country: "KZ" | "KG" | "US" }) {
  const { t } = useTranslation("checkout")
  return (
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
    </div>
  )
}
