import { Button, CloseButton, TextInput } from "@mantine/core"
import { Plus } from "lucide-react"
import { useFieldArray, type UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { field } from "@/ui/form"
import type { AboutValues } from "./about-values"
import classes from "./product-form.module.css"

const MOST_FEATURES = 40

/** The data sheet: a name and a value a line. */
export function FeatureRows({ form }: { form: UseFormReturn<AboutValues> }) {
  const { t } = useTranslation("goods")
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "features" })
  return (
    <fieldset className={classes.features}>
      <legend>{t("features.title")}</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className={classes.feature}>
          <TextInput
            aria-label={t("features.name", { line: index + 1 })}
            placeholder={t("features.nameHint")}
            {...field(form, `features.${index}.name`)}
          />
          <TextInput
            aria-label={t("features.value", { line: index + 1 })}
            placeholder={t("features.valueHint")}
            {...field(form, `features.${index}.value`)}
          />
          <CloseButton size={44} aria-label={t("features.remove", { line: index + 1 })} onClick={() => remove(index)} />
        </div>
      ))}
      <Button
        className={classes.more}
        leftSection={<Plus size={18} aria-hidden />}
        disabled={fields.length >= MOST_FEATURES}
        onClick={() => append({ name: "", value: "" })}
      >
        {t("features.add")}
      </Button>
    </fieldset>
  )
}
