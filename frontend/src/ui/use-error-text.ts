import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { useSecondsLeft } from "@/lib/use-seconds-left"

/**
 * Turn any thrown thing into words for a person. The server's own words win where they explain a refusal.
 * Words of a wait count down: they stand in a `role="timer"`, or each second would be read aloud.
 */
export function useErrorText(error: unknown): { title: string; text: string } {
  const { t } = useTranslation()
  const wait = useWait(error instanceof ApiError && error.status === 429 ? error.retryAt : null)
  if (!(error instanceof ApiError)) return { title: t("state.errorTitle"), text: t("state.errorText") }
  if (error.isNetwork) return { title: t("state.networkTitle"), text: t("state.networkText") }
  if (error.isNotFound) return { title: t("state.notFoundTitle"), text: t("state.notFoundText") }
  if (error.status === 403) return { title: t("state.deniedTitle"), text: t("state.deniedText") }
  if (error.status === 429) return { title: t("state.busyTitle"), text: wait ?? t("state.busyText") }
  if (error.status >= 500) return { title: t("state.errorTitle"), text: t("state.errorText") }
  return { title: t("state.errorTitle"), text: error.detail }
}

/** In the unit a person would use: nobody plans by seconds once it is minutes. */
function useWait(until: number | null): string | null {
  const { t } = useTranslation()
  const seconds = useSecondsLeft(until)
  if (seconds === null) return null
  if (seconds === 0) return t("state.busyOver")
  if (seconds < 120) return t("state.busySeconds", { count: seconds })
  if (seconds < 2 * 60 * 60) return t("state.busyMinutes", { count: Math.ceil(seconds / 60) })
  return t("state.busyHours", { count: Math.ceil(seconds / (60 * 60)) })
}
