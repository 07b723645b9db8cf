import { localStorageColorSchemeManager, type MantineColorScheme } from "@mantine/core"

export type ColorScheme = MantineColorScheme

/** The choice is kept under the key that boot/before-paint.js reads before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "delux.theme" })
