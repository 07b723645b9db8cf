import { z } from "zod"
import { i18next } from "./i18n"

/** What the checks of a form say, in the language of the page. Import `z` from here, in lazily loaded code only. */
z.config({
  customError: (issue) => {
    switch (issue.code) {
      case "invalid_type":
        return i18next.t("invalid.required")
      case "too_small":
        if (issue.origin !== "string") return i18next.t("invalid.min", { min: Number(issue.minimum) })
        return Number(issue.minimum) <= 1
          ? i18next.t("invalid.required")
          : i18next.t("invalid.minLength", { count: Number(issue.minimum) })
      case "too_big":
        return issue.origin === "string"
          ? i18next.t("invalid.maxLength", { count: Number(issue.maximum) })
          : i18next.t("invalid.max", { max: Number(issue.maximum) })
      case "invalid_format":
        return issue.format === "email" ? i18next.t("invalid.email") : i18next.t("invalid.format")
      default:
        return i18next.t("invalid.format")
    }
  },
})

export { z }
