import { useTranslation } from "react-i18next"
import { ButtonLink } from "@/ui/button-link"
import { ExportButton } from "@/ui/export-button"
import type { ExportDialogProps } from "@/ui/export-dialog"

interface Props<Table extends string> extends Pick<ExportDialogProps<Table>, "tables" | "onSave"> {
  size?: "xs"
}

/** Take a list of the desk away; one that is too long to wait for comes to the page of files. */
export function ExportListButton<Table extends string>(props: Props<Table>) {
  const { t } = useTranslation("exports")
  const later = <ButtonLink to="/crm/exports">{t("files")}</ButtonLink>
  return <ExportButton {...props} later={later} />
}
