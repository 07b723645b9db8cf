import { Button } from "@mantine/core"
import { CircleCheck, CircleDashed } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { useEventStep, type DeskEvent } from "../api/events"
import { Panel } from "./panel"
import classes from "./publish-panel.module.css"

/** What can be missing, by the API's pointers, and the section of the editor that has it. */
const STEPS = [
  { name: "when", pointers: ["/start_datetime"], section: "when" },
  { name: "place", pointers: ["/location", "/online_info"], section: "where" },
  { name: "description", pointers: ["/description"], section: "about" },
  { name: "tickets", pointers: ["/ticket_types"], section: "tickets" },
] as const

interface Props {
  event: DeskEvent
  /** Lead to a section of the editor. */
  onSection: (section: string) => void
  /** Something in the editor is not saved: publishing saves it first. */
  unsaved?: boolean
  /** Save what the editor holds; null where it could not be, and the editor says why. */
  onSave?: () => Promise<DeskEvent | null>
}

/** What a draft lacks, each leading to where it is filled in; and the button, once nothing is missing. */
export function PublishPanel({ event, onSection, unsaved = false, onSave }: Props) {
  const { t } = useTranslation("crm")
  const publish = useEventStep(event.id, "publish")
  const steps = STEPS.map(({ pointers, ...step }) => ({
    ...step,
    missing: event.missing.find(({ pointer }) => pointers.some((one) => one === pointer)),
  }))
  const [isSaving, setIsSaving] = useState(false)

  /** Nobody may publish less than they see: what is typed is saved, then looked at again. */
  async function publishWhole() {
    setIsSaving(true)
    const whole = unsaved && onSave ? await onSave() : event
    setIsSaving(false)
    if (whole?.missing.length === 0) publish.mutate(undefined, { onSuccess: () => void notify(t("publish.done")) })
  }

  const left = steps.filter(({ missing }) => missing).length
  return (
    <Panel title={t("publish.title")} id="publish">
      <p className={classes.lead}>{t(left > 0 ? "publish.missing" : unsaved ? "publish.unsaved" : "publish.ready", { count: left })}</p>
      <ul className={classes.steps}>
        {steps.map(({ name, section, missing }) => (
          <li key={name} data-done={!missing}>
            {missing ? <CircleDashed size={20} aria-hidden /> : <CircleCheck size={20} aria-hidden />}
            {missing ? (
              <span>
                <button type="button" onClick={() => onSection(section)}>
                  {t(`publish.${name}`)}
                </button>
                <small>{missing.detail}</small>
              </span>
            ) : (
              <span>{t(`publish.${name}`)}</span>
            )}
          </li>
        ))}
        {!event.cover && (
          <li data-done={false}>
            <CircleDashed size={20} aria-hidden />
            <span>
              <button type="button" onClick={() => onSection("cover")}>
                {t("publish.cover")}
              </button>
              <small>{t("publish.coverHint")}</small>
            </span>
          </li>
        )}
      </ul>
      <FormProblem error={publish.error} />
      <Button
        fullWidth
        variant={left === 0 && !unsaved ? "primary" : "default"}
        disabled={left > 0 && !unsaved}
        loading={isSaving || publish.isPending}
        onClick={() => void publishWhole()}
      >
        {t(unsaved ? "publish.saveFirst" : "publish.action")}
      </Button>
    </Panel>
  )
}
