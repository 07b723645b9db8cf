import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core"
import { useState } from "react"
import { useForm, useWatch } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { markets } from "@/lib/market"
import { field, FormProblem } from "@/ui/form"
import { useSaveAddress, type Address } from "../api/addresses"
import type { Person } from "../api/profile"
import classes from "./accounts.module.css"

interface Props {
  person: Person
  /** Null for a new one. */
  address: Address | null
  onDone: () => void
}

export function AddressForm({ person, address, onDone }: Props) {
  const { t } = useTranslation(["accounts", "common"])
  const [problem, setProblem] = useState<unknown>(null)
  const save = useSaveAddress()
  const form = useForm({
    resolver: checkedBy(() => import("../checks").then((checks) => checks.address)),
    defaultValues: address ?? {
      recipient: `${person.first_name} ${person.last_name}`.trim(),
      phone: person.phone ?? "",
      country: person.market,
      region: "",
      city: person.city,
      street: "",
      postal_code: "",
      is_default: false,
    },
  })
  const country = useWatch({ control: form.control, name: "country" })
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    save.mutate(
      { ...values, region: values.country === "US" ? values.region : "", id: address?.id },
      { onSuccess: onDone, onError: (error) => setProblem(showOnForm(error, form)) },
    )
  })
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <FormProblem error={problem} />
      <div className={classes.pair}>
        <TextInput label={t("addresses.recipient")} autoComplete="name" {...field(form, "recipient")} />
        <TextInput label={t("fields.phone")} type="tel" inputMode="tel" autoComplete="tel" {...field(form, "phone")} />
        <NativeSelect
          label={t("fields.market")}
          autoComplete="country"
          data={markets.map((value) => ({ value, label: t(`addresses.countries.${value}`) }))}
          {...field(form, "country")}
        />
        <TextInput label={t("fields.city")} autoComplete="address-level2" {...field(form, "city")} />
        {country === "US" && (
          <TextInput label={t("addresses.state")} autoComplete="address-level1" maxLength={2} {...field(form, "region")} />
        )}
        <TextInput label={t("addresses.postalCode")} autoComplete="postal-code" {...field(form, "postal_code")} />
      </div>
      <TextInput label={t("addresses.street")} autoComplete="street-address" {...field(form, "street")} />
      {!address?.is_default && <Checkbox label={t("addresses.setDefault")} {...form.register("is_default")} />}
      <Button type="submit" variant="primary" loading={save.isPending}>
        {t("common:save")}
      </Button>
    </form>
  )
}
