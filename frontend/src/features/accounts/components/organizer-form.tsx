import { Button, TextInput } from "@mantine/core"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { field, FormProblem } from "@/ui/form"
import { useBecomeOrganizer } from "../api/profile"
import classes from "./accounts.module.css"

/** Four words about who sells; prices of delivery and the pickup point can wait for the desk. */
export function OrganizerForm({ city, onDone }: { city: string; onDone: () => void }) {
  const { t } = useTranslation("accounts")
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm({
    resolver: checkedBy(() => import("../checks").then((checks) => checks.organizer)),
    defaultValues: { display_name: "", city, bio: "", instagram: "" },
  })
  const become = useBecomeOrganizer()
  const submit = form.handleSubmit((values) => {
    setProblem(null)
    become.mutate(values, { onSuccess: onDone, onError: (error) => setProblem(showOnForm(error, form)) })
  })
  return (
    <div className={classes.panel}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <FormProblem error={problem} />
        <TextInput
          label={t("organizer.displayName")}
          description={t("organizer.displayNameText")}
          autoComplete="organization"
          {...field(form, "display_name")}
        />
        <TextInput label={t("fields.city")} autoComplete="address-level2" {...field(form, "city")} />
        <TextInput label={t("organizer.bio")} description={t("organizer.bioText")} {...field(form, "bio")} />
        <TextInput
          label={t("organizer.instagram")}
          description={t("organizer.instagramText")}
          autoCapitalize="none"
          {...field(form, "instagram")}
        />
        <Button type="submit" variant="primary" loading={become.isPending}>
          {t("organizer.start")}
        </Button>
      </form>
    </div>
  )
}
