import { Button, NativeSelect, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { changeLanguage } from "@/lib/i18n"
import { languages } from "@/lib/language"
import { field, FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { useUpdateProfile, type Person } from "../api/profile"
import { signInProviders } from "../api/sign-in"
import { MarketSelect } from "./market-select"
import classes from "./accounts.module.css"

export function ProfileForm({ person }: { person: Person }) {
  const { t } = useTranslation(["accounts", "common"])
  const [problem, setProblem] = useState<unknown>(null)
  const { first_name, last_name, city, phone, market, language } = person
  const form = useForm({
    resolver: checkedBy(() => import("../checks").then((checks) => checks.profile)),
    defaultValues: { first_name, last_name, city, phone: phone ?? "", market, language },
  })
  // Where SMS are sent, a number is given by a code to it: see Contacts.
  const hasPhone = useQuery(signInProviders()).data?.phone.enabled === false
  const save = useUpdateProfile()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    const { phone: _elsewhere, ...others } = values
    save.mutate(hasPhone ? values : others, {
      onSuccess: (saved) => {
        form.reset({ ...values, phone: saved.phone ?? "" })
        void changeLanguage(values.language)
      },
      onError: (error) => setProblem(showOnForm(error, form)),
    })
  })
  return (
    <section className={classes.panel} aria-labelledby="about-me">
      <Heading level={2} id="about-me">
        {t("profilePage.about")}
      </Heading>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        <div className={classes.pair}>
          <TextInput label={t("fields.firstName")} autoComplete="given-name" {...field(form, "first_name")} />
          <TextInput label={t("fields.lastName")} autoComplete="family-name" {...field(form, "last_name")} />
          <TextInput label={t("fields.city")} autoComplete="address-level2" {...field(form, "city")} />
          {hasPhone && (
            <TextInput label={t("fields.phone")} type="tel" inputMode="tel" autoComplete="tel" {...field(form, "phone")} />
          )}
          <MarketSelect {...field(form, "market")} />
          <NativeSelect
            label={t("fields.language")}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            {...field(form, "language")}
          />
        </div>
        <Saving isDirty={form.formState.isDirty} isPending={save.isPending} isSaved={save.isSuccess} />
      </form>
    </section>
  )
}

export function Saving({ isDirty, isPending, isSaved }: { isDirty: boolean; isPending: boolean; isSaved: boolean }) {
  const { t } = useTranslation(["accounts", "common"])
  return (
    <div className={classes.actions}>
      <Button type="submit" variant={isDirty ? "primary" : "default"} loading={isPending}>
        {t("common:save")}
      </Button>
      <span role="status" className={classes.saved}>
        {isSaved && !isDirty && t("profilePage.saved")}
      </span>
    </div>
  )
}
