import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"

/** Turn any thrown thing into words for a person. The server's own words win where they explain a refusal. */
export function useErrorText(error: unknown): { title: string; text: string } {
  const { t } = useTranslation()
  if (!(error instanceof ApiError)) return { title: t("state.errorTitle"), text: t("state.errorText") }
  if (error.isNetwork) return { title: t("state.networkTitle"), text: t("state.networkText") }
  if (error.isNotFound) return { title: t("state.notFoundTitle"), text: t("state.notFoundText") }
  if (error.status === 403) return { title: t("state.deniedTitle"), text: t("state.deniedText") }
  if (error.status === 429) return { title: t("state.busyTitle"), text: t("state.busyText") }
  if (error.status >= 500) return { title: t("state.errorTitle"), text: t("state.errorText") }
  return { title: t("state.errorTitle"), text: error.detail }
}
