import { Button } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { upload } from "@/api/upload"
import { FormProblem } from "@/ui/form"
import { PictureField } from "@/ui/picture-field"
import { me } from "../api/me"
import { useRemoveAvatar, type Person } from "../api/profile"
import classes from "./avatar-field.module.css"

/** The person's picture, cut to a square. */
export function AvatarField({ person }: { person: Person }) {
  const { t } = useTranslation(["accounts", "common"])
  const queryClient = useQueryClient()
  const remove = useRemoveAvatar()
  return (
    <div className={classes.avatar}>
      <PictureField
        label={t("profilePage.picture")}
        image={person.avatar}
        ratio={1}
        isFace
        maxWidth={640}
        onUpload={async (picture, sending) => {
          queryClient.setQueryData(me().queryKey, await upload<Person>("/api/v1/auth/me/avatar/", picture, sending))
        }}
      />
      {person.avatar && (
        <Button size="sm" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("profilePage.removePicture")}
        </Button>
      )}
      <FormProblem error={remove.error} />
    </div>
  )
}
