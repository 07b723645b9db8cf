import { MantineProvider, mergeThemeOverrides } from "@mantine/core"
import { useMemo, type ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { colorSchemeManager } from "./color-scheme"
import { cssVariables, theme } from "./theme"

/** Colours, type and controls; close buttons get their spoken names in the language of the page. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const localized = useMemo(() => {
    const closeButtonProps = { "aria-label": t("close") }
    return mergeThemeOverrides(theme, {
      components: {
        Modal: { defaultProps: { ...theme.components?.Modal?.defaultProps, closeButtonProps } },
        Notification: { defaultProps: { closeButtonProps } },
      },
    })
  }, [t])

  return (
    <MantineProvider
      theme={localized}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  )
}
