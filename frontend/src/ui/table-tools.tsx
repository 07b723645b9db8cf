import { Button, Checkbox, Popover } from "@mantine/core"
import { Columns3 } from "lucide-react"
import { useTranslation } from "react-i18next"
import { listOfStrings, useKept } from "@/lib/kept"
import classes from "./table-tools.module.css"

/** Which columns of a table this person does not want to see, kept on this device. */
export const useHiddenColumns = (table: string) => useKept(`delux.columns.${table}`, listOfStrings)

interface ChooserProps {
  columns: { key: string; header: string }[]
  hidden: string[]
  onHidden: (hidden: string[]) => void
}

/** Choose which of these columns a table shows. The one that names the row is not among them: it always stays. */
export function ColumnChooser({ columns, hidden, onHidden }: ChooserProps) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" leftSection={<Columns3 size={16} aria-hidden />}>
          {t("tableTools.columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className={classes.columns}>
          <legend>{t("tableTools.shown")}</legend>
          {columns.map(({ key, header }) => (
            <Checkbox
              key={key}
              label={header}
              checked={!hidden.includes(key)}
              onChange={({ currentTarget: { checked } }) => onHidden(checked ? hidden.filter((other) => other !== key) : [...hidden, key])}
            />
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}
