import { Switch } from "@mantine/core"
import { useState } from "react"
import { ApiError } from "@/api/errors"
import { ExportButton } from "@/ui/export-button"
import { PictureField, type Sending } from "@/ui/picture-field"
import { PointField, type Point } from "@/ui/point-field"
import { RichTextField } from "@/ui/rich-text-field"
import { UnsavedGuard } from "@/ui/unsaved-guard"
import classes from "./kit-page.module.css"

const text = "<p>Ten kilometres <strong>above the city</strong>.</p><ul><li>Start at 20:00</li><li>Bring a lamp</li></ul>"

/** What the desk writes with: a picture with its cropper, text, a place, and the question before leaving. */
export function KitEditing() {
  const [html, setHtml] = useState(text)
  const [point, setPoint] = useState<Point | null>({ latitude: "43.238949", longitude: "76.889709" })
  const [isUnsaved, setUnsaved] = useState(false)
  return (
    <div className={classes.form}>
      <PictureField label="Cover" hint="Choose any picture: it is cut to 16 to 9" image={null} ratio={16 / 9} onUpload={pretend} />
      <PictureField label="Logo, whose upload fails" image={null} ratio={1} onUpload={fail} />
      <RichTextField label="Description" hint="Paragraphs, lists, links" value={html} onChange={setHtml} />
      <RichTextField label="Description with a mistake" value="" onChange={setHtml} error="Say a few words about it" />
      <PointField
        label="Place on the map"
        latitude={point?.latitude ?? ""}
        longitude={point?.longitude ?? ""}
        centre={[43.24, 76.92]}
        onChange={setPoint}
      />
      <Switch
        label="Something is not saved: leaving asks first"
        checked={isUnsaved}
        onChange={(event) => setUnsaved(event.currentTarget.checked)}
      />
      <UnsavedGuard unsaved={isUnsaved} />
      <ExportButton
        tables={[
          { value: "orders", label: "An order" },
          { value: "lines", label: "A line" },
        ]}
        onSave={() => Promise.resolve(true)}
      />
    </div>
  )
}

async function pretend(_: Blob, { onProgress }: Sending): Promise<void> {
  for (let share = 0; share <= 1; share += 0.1) {
    onProgress(share)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

async function fail(_: Blob, sending: Sending): Promise<void> {
  await pretend(_, sending)
  throw new ApiError(500, { request_id: "7f3c1d9e" })
}
