import { Button } from "@mantine/core"
import { zodResolver } from "@hookform/resolvers/zod"
import { useState, type ReactNode } from "react"
import { useForm, useWatch } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { i18next } from "@/lib/i18n"
import { z } from "@/lib/zod"
import { FormProblem } from "@/ui/form"
import { RichTextField } from "@/ui/rich-text-field"
import { UnsavedGuard } from "@/ui/unsaved-guard"
import { useCreateEvent, useSaveEvent, type DeskEvent } from "../api/events"
import { changesOf, emptyValues, hasOnline, hasPlace, onField, valuesOf, wishOf, type EventValues } from "../event-form"
import { EventBasics, EventTimes } from "./event-basics"
import classes from "./event-editor.module.css"
import { EventPlace } from "./event-place"
import { Panel } from "./panel"

const required = () => i18next.t("invalid.required")
const line = (max: number) => z.string().trim().max(max)
const degrees = (most: number) =>
  z.string().trim().refine((text) => text === "" || (/^-?\d{1,3}([.,]\d{1,6})?$/.test(text) && Math.abs(Number(text.replace(",", "."))) <= most), {
    error: () => i18next.t("invalid.format"),
  }).transform((text) => text.replace(",", "."))

const schema = z
  .object({
    title: line(160).min(1),
    sport_type: z.string().min(1),
    format: z.enum(["offline", "online"]),
    start_datetime: z.string().min(1),
    end_datetime: z.string().min(1),
    timezone: z.string().min(1),
    capacity: z.string().trim().regex(/^\d{0,7}$/),
    refund_until_hours: z.string().regex(/^\d{0,4}$/),
    description: z.string().max(10_000),
    country: z.string(),
    city: line(80),
    address: line(200),
    map_url: line(200),
    latitude: degrees(90),
    longitude: degrees(180),
    meeting_link: line(200),
    stream_url: line(200),
    access_instructions: line(2000),
  })
  .superRefine((values, context) => {
    const ask = (name: keyof EventValues, message: string) => context.addIssue({ code: "custom", path: [name], message })
    if (values.end_datetime && values.end_datetime <= values.start_datetime) ask("end_datetime", i18next.t("crm:editor.endsFirst"))
    if (values.format === "offline" && hasPlace(values)) {
      if (!values.city) ask("city", required())
      if (!values.address) ask("address", required())
      if ((values.latitude === "") !== (values.longitude === "")) ask(values.latitude ? "longitude" : "latitude", required())
    }
    if (values.format === "online" && hasOnline(values) && !values.meeting_link && !values.stream_url) ask("meeting_link", required())
  })

interface Props {
  /** None: a new one. */
  event?: DeskEvent
  /** Where the organizer is: what a new event begins with. */
  home: { timeZone: string; country: string }
  /** Cover, tickets and publishing, which are saved by themselves. */
  children?: ReactNode
  /** What stands beside the form and may want it saved first. */
  aside?: (form: { unsaved: boolean; onSave: () => Promise<DeskEvent | null> }) => ReactNode
  onCreated?: (event: DeskEvent) => void
}

/** Texts, times and place of an event, saved together by one button. */
export function EventEditor({ event, home, children, aside, onCreated }: Props) {
  const { t } = useTranslation("crm")
  const form = useForm<EventValues>({
    resolver: zodResolver(schema),
    defaultValues: event ? valuesOf(event, home.country) : emptyValues(home.timeZone, home.country),
  })
  const [problem, setProblem] = useState<unknown>(null)
  const [isSaved, setIsSaved] = useState(false)
  const create = useCreateEvent()
  const save = useSaveEvent(event?.id ?? 0)
  const { isDirty, dirtyFields, isSubmitting } = form.formState
  const isOver = event?.status === "finished" || event?.status === "canceled"

  async function keep(values: EventValues): Promise<DeskEvent | null> {
    setProblem(null)
    setIsSaved(false)
    try {
      if (event) {
        const saved = await save.mutateAsync(changesOf(values, new Set(Object.keys(dirtyFields))))
        form.reset(valuesOf(saved, home.country))
        setIsSaved(true)
        return saved
      }
      const created = await create.mutateAsync(wishOf(values))
      onCreated?.(created)
      return created
    } catch (error) {
      const place = values.format === "offline" ? "city" : "meeting_link"
      setProblem(showOnForm(onField(error, { capacity_below_taken: "capacity", refund_rule_sold: "refund_until_hours", place_missing: place }), form))
      return null
    }
  }

  async function saveFirst(): Promise<DeskEvent | null> {
    let saved: DeskEvent | null = null
    await form.handleSubmit(async (values) => {
      saved = await keep(values)
    })()
    return saved
  }

  const description = useWatch({ control: form.control, name: "description" })
  return (
    <form onSubmit={(submitted) => void form.handleSubmit(async (values) => void (await keep(values)))(submitted)} noValidate className={classes.editor}>
      <UnsavedGuard unsaved={isDirty && !create.isSuccess} />
      <div className={classes.sections}>
        <fieldset disabled={isOver} className={classes.fields}>
          <Panel title={t("editor.basics")} id="basics">
            <EventBasics form={form} />
          </Panel>
          <Panel title={t("editor.when")} id="when">
            <EventTimes form={form} />
          </Panel>
          {event && (
            <>
              <Panel title={t("editor.where")} id="where">
                <EventPlace form={form} />
              </Panel>
              <Panel title={t("editor.about")} id="about">
                <RichTextField
                  label={t("editor.description")}
                  hint={t("editor.descriptionHint")}
                  value={description}
                  error={form.formState.errors.description?.message}
                  onChange={(html) => form.setValue("description", html, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })}
                />
              </Panel>
            </>
          )}
        </fieldset>
        {children}
      </div>
      {aside && <div className={classes.aside}>{aside({ unsaved: isDirty, onSave: saveFirst })}</div>}
      {!isOver && (
        <div className={classes.bar} data-quiet={Boolean(event) && !isDirty && !isSaved && problem === null}>
          <FormProblem error={problem} />
          <div className={classes.save}>
            <span role="status">{t(!event ? "editor.newHint" : isDirty ? "editor.unsaved" : isSaved ? "editor.saved" : "editor.nothingNew")}</span>
            <Button type="submit" variant={isDirty || !event ? "primary" : "default"} loading={isSubmitting} disabled={Boolean(event) && !isDirty}>
              {t(event ? (event.status === "draft" ? "editor.saveDraft" : "editor.saveEvent") : "editor.create")}
            </Button>
          </div>
        </div>
      )}
    </form>
  )
}

