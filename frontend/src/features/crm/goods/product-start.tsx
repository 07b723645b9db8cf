import { Button, NativeSelect, TextInput } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { z } from "@/lib/zod"
import { ErrorState } from "@/ui/error-state"
import { field, FormProblem } from "@/ui/form"
import { Skeleton } from "@/ui/skeleton"
import { shelves, useCreateProduct, type Product } from "./api"
import classes from "./product-form.module.css"
import { shelfOptions } from "./shelf-options"

const schema = z.object({
  title: z.string().trim().min(1).max(160),
  category: z.string().min(1),
  brand: z.string().trim().max(80),
})

/** The three words a product begins with; it stays hidden until it has a price and is put in the shop. */
export function ProductStart({ onDone }: { onDone: (product: Product) => void }) {
  const { t } = useTranslation("goods")
  const tree = useQuery(shelves())
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { title: "", category: "", brand: "" } })
  const create = useCreateProduct()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    create.mutate(values, { onSuccess: onDone, onError: (error) => setProblem(showOnForm(error, form)) })
  })
  if (tree.isPending) return <Skeleton height={360} />
  if (tree.error) return <ErrorState error={tree.error} onRetry={tree.refetch} />
  return (
    <form className={classes.start} onSubmit={(event) => void submit(event)} noValidate>
      <FormProblem error={problem} />
      <TextInput label={t("about.title")} description={t("about.titleHint")} {...field(form, "title")} />
      <NativeSelect
        label={t("about.category")}
        data={[{ value: "", label: t("about.choose") }, ...shelfOptions(tree.data)]}
        {...field(form, "category")}
      />
      <TextInput label={t("about.brand")} description={t("about.brandHint")} {...field(form, "brand")} />
      <div>
        <Button type="submit" variant="primary" loading={create.isPending}>
          {t("start.action")}
        </Button>
      </div>
    </form>
  )
}
