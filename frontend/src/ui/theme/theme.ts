import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core"
import classes from "./controls.module.css"

// Mantine wants ten shades of each: greys tinted towards ink, in the order its own styles expect.
const ink: MantineColorsTuple = [
  "#f4f5f0", "#f4f5f0", "#c3c8d0", "#98a0ac", "#7b828c", "#5f6670", "#434954", "#2b313b", "#161a21", "#0e1116",
]
const gray: MantineColorsTuple = [
  "#f7f7f2", "#f0f0ea", "#e6e6de", "#deded5", "#c9c9c0", "#a0a5a8", "#7b828c", "#5f6670", "#434954", "#2b313b",
]
const dark: MantineColorsTuple = [
  "#f4f5f0", "#c3c8d0", "#98a0ac", "#737c89", "#2b313b", "#262c35", "#1e232c", "#161a21", "#12151b", "#0e1116",
]

export const theme = createTheme({
  colors: { ink, gray, dark },
  primaryColor: "ink",
  primaryShade: { light: 9, dark: 1 },
  autoContrast: true,
  white: "#ffffff",
  black: "#0e1116",
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "ui-monospace, Menlo, Consolas, monospace",
  headings: { fontFamily: "var(--font-display)", fontWeight: "650" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "10px", lg: "14px", xl: "999px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "never", // base.css draws the one ring
  // Plain objects, not Component.extend(): naming a component here would put its code into the first download.
  components: {
    Button: { defaultProps: { variant: "default" }, classNames: { root: classes.button } },
    Input: { classNames: { input: classes.input } },
    InputWrapper: {
      classNames: { label: classes.label, description: classes.description, error: classes.error },
    },
    Checkbox: { classNames: { input: classes.tick } },
    Switch: { classNames: { track: classes.track, thumb: classes.thumb } },
    SegmentedControl: { classNames: { root: classes.segments, indicator: classes.segment } },
    Modal: {
      defaultProps: { centered: true, radius: "lg", overlayProps: { color: "#0e1116", backgroundOpacity: 0.6 } },
      classNames: { content: classes.dialog, header: classes.dialog, title: classes.dialogTitle },
    },
    Loader: { defaultProps: { type: "dots" } },
  },
})

/** Points Mantine's own variables at our tokens, so that both halves of a screen share one palette. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-bright": "var(--ink)",
    "--mantine-color-dimmed": "var(--muted)",
    "--mantine-color-placeholder": "var(--muted)",
    "--mantine-color-anchor": "var(--ink)",
    "--mantine-color-error": "var(--danger)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--sunken)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line)",
    "--mantine-color-disabled": "var(--sunken)",
    "--mantine-color-disabled-color": "var(--muted)",
    "--mantine-color-disabled-border": "var(--line)",
    "--mantine-primary-color-filled": "var(--ink)",
    "--mantine-primary-color-contrast": "var(--paper)",
    "--mantine-color-ink-filled": "var(--ink)",
    "--mantine-color-ink-text": "var(--ink)",
    "--mantine-color-ink-outline": "var(--ink)",
    "--mantine-color-ink-light": "var(--sunken)",
    "--mantine-color-ink-light-hover": "var(--line)",
    "--mantine-color-ink-light-color": "var(--ink)",
  }
  return { variables: {}, light: both, dark: both }
}
