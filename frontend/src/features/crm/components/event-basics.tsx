import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useId, useState } from "react"
import { Controller, useWatch, type UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { utcOffset } from "@/lib/dates"
import { field } from "@/ui/form"
import { sports } from "../api/events"
import type { EventValues } from "../event-form"
import classes from "./event-editor.module.css"

type Form = { form: UseFormReturn<EventValues> }

const ZONES = [
  "Asia/Almaty",
  "Asia/Bishkek",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "UTC",
] as const

export function EventBasics({ form }: Form) {
  const { t } = useTranslation("crm")
  const { data } = useQuery(sports())
  const label = useId()
  return (
    <div className={classes.pair}>
      <TextInput className={classes.wide} label={t("editor.title")} maxLength={160} {...field(form, "title")} />
      <NativeSelect
        // The choice is known only once the list is there.
        key={data ? "known" : "unknown"}
        label={t("editor.sport")}
        data={[{ value: "", label: t("editor.chooseSport"), disabled: true }, ...(data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))]}
        {...field(form, "sport_type")}
      />
      <div>
        <span className={classes.label} id={label}>
          {t("editor.format")}
        </span>
        <Controller
          control={form.control}
          name="format"
          render={({ field: { value, onChange } }) => (
            <SegmentedControl
              fullWidth
              size="md"
              aria-labelledby={label}
              value={value}
              onChange={onChange}
              data={[
                { value: "offline", label: t("editor.offline") },
                { value: "online", label: t("events.online") },
              ]}
            />
          )}
        />
      </div>
      <TextInput
        label={t("editor.capacity")}
        description={t("editor.capacityHint")}
        inputMode="numeric"
        {...field(form, "capacity")}
      />
      <RefundRule form={form} />
    </div>
  )
}

/** Usual spans before the start, in hours; "" is to be asked. */
const REFUND_HOURS = ["", "0", "24", "72", "168", "336", "720"]

function RefundRule({ form }: Form) {
  const { t } = useTranslation("crm")
  const chosen = useWatch({ control: form.control, name: "refund_until_hours" })
  const hours = [...new Set([...REFUND_HOURS, chosen])].toSorted((one, other) => Number(one || -1) - Number(other || -1))
  return (
    <NativeSelect
      label={t("editor.refund")}
      description={t("editor.refundHint")}
      data={hours.map((value) => ({
        value,
        label:
          value === ""
            ? t("editor.refundAsk")
            : Number(value) % 24 === 0
              ? t("editor.refundDays", { count: Number(value) / 24 })
              : t("editor.refundHours", { count: Number(value) }),
      }))}
      {...field(form, "refund_until_hours")}
    />
  )
}

export function EventTimes({ form }: Form) {
  const { t } = useTranslation(["crm", "common"])
  const [zone, start] = useWatch({ control: form.control, name: ["timezone", "start_datetime"] })
  const [now] = useState(() => new Date().toISOString())
  const moment = start ? `${start}Z` : now
  const zones = ZONES.some((known) => known === zone) ? [...ZONES] : [zone, ...ZONES]
  return (
    <div className={classes.pair}>
      <TextInput type="datetime-local" label={t("editor.start")} {...field(form, "start_datetime")} />
      <TextInput type="datetime-local" label={t("editor.end")} {...field(form, "end_datetime")} />
      <NativeSelect
        className={classes.wide}
        label={t("editor.zone")}
        description={t("editor.zoneHint")}
        data={zones.map((value) => ({
          value,
          label: t("common:time.zone", {
            city: t(`common:zones.${value}` as "common:zones.UTC", { defaultValue: value.split("/").at(-1)?.replaceAll("_", " ") ?? value }),
            offset: utcOffset(moment, value),
          }),
        }))}
        {...field(form, "timezone")}
      />
    </div>
  )
}
