import { useEffect, useState } from "react"
import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import type { components } from "@/api/schema"
import type { CheckoutValues } from "../checks"
import classes from "./checkout-form.module.css"

export type SavedAddress = components["schemas"]["AddressOutput"]

const names = ["recipient", "phone", "region", "city", "street", "postal_code"] as const

/**
 * Which saved address the order goes to; null while one is typed. The one chosen before (`earlier`) is taken, else
 * the default one, unless something was typed.
 */
export function useSavedAddress(form: UseFormReturn<CheckoutValues>, saved: SavedAddress[], earlier: unknown) {
  const [chosen, setChosen] = useState<number | null>(null)
  const [isAsked, setAsked] = useState(false)

  function choose(address: SavedAddress | null) {
    setChosen(address?.id ?? null)
    for (const name of names) form.setValue(`shipping_address.${name}`, address?.[name] ?? "")
    form.clearErrors("shipping_address")
  }

  useEffect(() => {
    const first = saved.find(({ id }) => id === earlier) ?? saved[0]
    if (isAsked || !first) return
    setAsked(true)
    if (!form.formState.dirtyFields.shipping_address) choose(first)
    // oxlint-disable-next-line react/exhaustive-deps -- once, when they have come
  }, [saved, isAsked])

  return { chosen, choose }
}

interface Props {
  saved: SavedAddress[]
  chosen: number | null
  onChoose: (address: SavedAddress | null) => void
}

export function SavedAddresses({ saved, chosen, onChoose }: Props) {
  const { t } = useTranslation("checkout")
  if (saved.length === 0) return null
  return (
    <div className={classes.choices}>
      {saved.map((address) => (
        <label key={address.id} className={classes.choice}>
          <input type="radio" name="saved-address" checked={chosen === address.id} onChange={() => onChoose(address)} />
          <strong>{[address.street, address.city].join(", ")}</strong>
          <span />
          <small>{[address.recipient, address.phone, address.region, address.postal_code].filter(Boolean).join(", ")}</small>
        </label>
      ))}
      <label className={classes.choice}>
        <input type="radio" name="saved-address" checked={chosen === null} onChange={() => onChoose(null)} />
        <strong>{t("address.other")}</strong>
      </label>
    </div>
  )
}
