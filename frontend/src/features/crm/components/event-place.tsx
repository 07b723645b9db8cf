import { NativeSelect, Textarea, TextInput } from "@mantine/core"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { intlLocales } from "@/lib/language"
import { useLanguage } from "@/lib/use-language"
import { field } from "@/ui/form"
import { PointField } from "@/ui/point-field"
import type { EventValues } from "../event-form"
import classes from "./event-editor.module.css"

const COUNTRIES = ["KZ", "KG", "US", "UZ", "RU", "TR", "AE"]

/** Where it takes place, or how to join it. */
export function EventPlace({ form }: { form: UseFormReturn<EventValues> }) {
  const { t } = useTranslation("crm")
  const language = useLanguage()
  const [format, country, latitude, longitude] = useWatch({
    control: form.control,
    name: ["format", "country", "latitude", "longitude"],
  })
  if (format === "online") {
    return (
      <div className={classes.place}>
        <p className={classes.note}>{t("editor.onlineLead")}</p>
        <TextInput type="url" label={t("editor.meetingLink")} placeholder="https://" {...field(form, "meeting_link")} />
        <TextInput type="url" label={t("editor.streamUrl")} placeholder="https://" {...field(form, "stream_url")} />
        <Textarea label={t("editor.access")} autosize minRows={3} {...field(form, "access_instructions")} />
      </div>
    )
  }
  const names = new Intl.DisplayNames(intlLocales(language), { type: "region" })
  const set = (name: "latitude" | "longitude", value: string) => form.setValue(name, value, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
  return (
    <div className={classes.place}>
      <div className={classes.pair}>
        <NativeSelect
          label={t("editor.country")}
          data={[...new Set([...COUNTRIES, country])].filter(Boolean).map((value) => ({ value, label: names.of(value) ?? value }))}
          {...field(form, "country")}
        />
        <TextInput label={t("editor.city")} {...field(form, "city")} />
        <TextInput className={classes.wide} label={t("editor.address")} description={t("editor.addressHint")} {...field(form, "address")} />
      </div>
      <PointField
        label={t("editor.point")}
        latitude={latitude}
        longitude={longitude}
        centre={CENTRES[country] ?? [43.24, 76.92]}
        onChange={(point) => {
          set("latitude", point?.latitude ?? "")
          set("longitude", point?.longitude ?? "")
        }}
      />
      <div className={classes.pair}>
        <TextInput label={t("editor.latitude")} inputMode="decimal" {...field(form, "latitude")} />
        <TextInput label={t("editor.longitude")} inputMode="decimal" {...field(form, "longitude")} />
        <TextInput className={classes.wide} type="url" label={t("editor.mapUrl")} description={t("editor.mapUrlHint")} {...field(form, "map_url")} />
      </div>
    </div>
  )
}

/** Where the map looks before a point is set. */
const CENTRES: Record<string, [number, number]> = {
  KZ: [43.24, 76.92],
  KG: [42.87, 74.6],
  US: [40.73, -73.99],
  UZ: [41.31, 69.28],
  RU: [55.75, 37.62],
  TR: [41.01, 28.98],
  AE: [25.2, 55.27],
}
