import { Button, Textarea, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { field, FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { PictureField } from "@/ui/picture-field"
import { UnsavedGuard } from "@/ui/unsaved-guard"
import { useChangeOrganizer, useSetLogo, type OwnOrganizer } from "../api/organizer"
import classes from "./organizer-settings.module.css"

const schema = z.object({
  display_name: z.string().trim().min(1).max(120),
  bio: z.string().trim().max(4000),
  city: z.string().trim().max(80),
  instagram: z.string().trim().max(30),
  pickup_address: z.string().trim().max(200),
  shipping_price: z
    .string()
    .trim()
    .transform((text) => text.replace(/[\s\u00a0]/g, "").replace(",", "."))
    .pipe(z.string().regex(/^\d{1,10}(\.\d{1,2})?$/)),
})

const valuesOf = ({ display_name, bio, city, instagram, pickup_address, shipping_price }: OwnOrganizer) => ({
  display_name,
  bio,
  city,
  instagram,
  pickup_address,
  shipping_price: shipping_price.replace(/\.0+$/, ""),
})

/** Who sells, as buyers see it, and how goods reach them. */
export function OrganizerSettings({ organizer }: { organizer: OwnOrganizer }) {
  const { t } = useTranslation(["desk", "crm", "common", "accounts"])
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: valuesOf(organizer) })
  const change = useChangeOrganizer()
  const setLogo = useSetLogo()
  const { isDirty } = form.formState
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    change.mutate(values, {
      onSuccess: (saved) => form.reset(valuesOf(saved)),
      onError: (error) => setProblem(showOnForm(error, form)),
    })
  })
  return (
    <div className={classes.parts}>
      <UnsavedGuard unsaved={isDirty} />
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        <section className={classes.panel}>
          <Heading level={2} size="small">
            {t("settings.public")}
          </Heading>
          <TextInput label={t("accounts:organizer.displayName")} autoComplete="organization" {...field(form, "display_name")} />
          <Textarea
            label={t("settings.bio")}
            description={t("settings.bioHint")}
            autosize
            minRows={4}
            maxRows={14}
            {...field(form, "bio")}
          />
          <div className={classes.pair}>
            <TextInput label={t("accounts:fields.city")} autoComplete="address-level2" {...field(form, "city")} />
            <TextInput
              label={t("accounts:organizer.instagram")}
              leftSection="@"
              autoCapitalize="none"
              spellCheck={false}
              {...field(form, "instagram")}
            />
          </div>
        </section>
        <section className={classes.panel}>
          <Heading level={2} size="small">
            {t("settings.goods")}
          </Heading>
          <TextInput
            label={t("settings.shipping", { sign: t(`crm:currency.${organizer.currency}`) })}
            description={t("settings.shippingHint")}
            inputMode="decimal"
            className={classes.short}
            {...field(form, "shipping_price")}
          />
          <TextInput
            label={t("settings.pickup")}
            description={t("settings.pickupHint")}
            autoComplete="street-address"
            {...field(form, "pickup_address")}
          />
        </section>
        <div className={classes.end}>
          <Button type="submit" variant={isDirty ? "primary" : "default"} loading={change.isPending}>
            {t("common:save")}
          </Button>
          <span role="status" className={classes.saved}>
            {change.isSuccess && !isDirty && t("settings.saved")}
          </span>
        </div>
      </form>
      <aside className={classes.aside}>
        <section className={classes.panel}>
          <div className={classes.logo}>
            <PictureField
              label={t("settings.logo")}
              hint={t("settings.logoHint")}
              image={organizer.logo}
              ratio={1}
              maxWidth={640}
              onUpload={setLogo}
            />
          </div>
        </section>
        <section className={classes.panel}>
          <Heading level={2} size="small">
            {t("settings.fixed")}
          </Heading>
          <dl className={classes.facts}>
            <div>
              <dt>{t("settings.address")}</dt>
              <dd>{organizer.slug}</dd>
            </div>
            <div>
              <dt>{t("settings.market")}</dt>
              <dd>{t(`common:prefs.markets.${organizer.market}`)}</dd>
            </div>
          </dl>
          <p className={classes.note}>{t("settings.fixedText")}</p>
        </section>
      </aside>
    </div>
  )
}
