import { Button, NativeSelect, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Controller, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { field, FormProblem } from "@/ui/form"
import { RichTextField } from "@/ui/rich-text-field"
import { UnsavedGuard } from "@/ui/unsaved-guard"
import { Panel } from "../components/panel"
import { aboutSchema, valuesOf } from "./about-values"
import { shelves, useUpdateProduct, type Product } from "./api"
import { FeatureRows } from "./feature-rows"
import classes from "./product-form.module.css"
import { shelfOptions } from "./shelf-options"

interface Props {
  product: Product
  /** The organizer's own market: the other choice is everywhere. */
  homeMarket: "KZ" | "KG" | "US"
}

/** What a product is: its words, its shelf and its data sheet. */
export function ProductAbout({ product, homeMarket }: Props) {
  const { t } = useTranslation(["goods", "common"])
  const { data: tree } = useQuery(shelves())
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: zodResolver(aboutSchema), defaultValues: valuesOf(product) })
  const save = useUpdateProduct(product.id)
  const { isDirty } = form.formState
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    save.mutate(values, {
      onSuccess: (changed) => form.reset(valuesOf(changed)),
      onError: (error) => setProblem(showOnForm(error, form)),
    })
  })
  const options = tree ? shelfOptions(tree) : [{ value: product.category.slug, label: product.category.name }]
  return (
    <Panel title={t("about.heading")}>
      <UnsavedGuard unsaved={isDirty} />
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        <TextInput label={t("about.title")} {...field(form, "title")} />
        <div className={classes.pair}>
          {/* Drawn anew when the shelves are there: a select forgets a choice that is taken from its list. */}
          <NativeSelect key={tree ? "all" : "one"} label={t("about.category")} data={options} {...field(form, "category")} />
          <TextInput label={t("about.brand")} {...field(form, "brand")} />
        </div>
        <Controller
          control={form.control}
          name="description"
          render={({ field: { value, onChange }, fieldState: { error } }) => (
            <RichTextField label={t("about.description")} value={value} onChange={onChange} error={error?.message} />
          )}
        />
        <FeatureRows form={form} />
        <NativeSelect
          label={t("about.market")}
          data={[
            { value: homeMarket, label: t(`market.${homeMarket}`) },
            { value: "ALL", label: t("market.ALL", { currency: product.currency }) },
          ]}
          {...field(form, "market")}
        />
        <div className={classes.end}>
          <Button type="submit" variant={isDirty ? "primary" : "default"} loading={save.isPending}>
            {t("about.save")}
          </Button>
          <span role="status" className={classes.saved}>
            {save.isSuccess && !isDirty && t("saved")}
          </span>
        </div>
      </form>
    </Panel>
  )
}
