import { useMantineColorScheme } from "@mantine/core"
import { Settings2 } from "lucide-react"
import { useTranslation } from "react-i18next"
import { changeLanguage } from "@/lib/i18n"
import { languages, type Language } from "@/lib/language"
import { changeMarket, markets, useMarket } from "@/lib/market"
import { useLanguage } from "@/lib/use-language"
import { DisclosurePanel } from "@/ui/disclosure-panel"
import classes from "./preferences.module.css"
import shared from "./shell.module.css"

/** Language, country and theme, for guests too; all are kept on the device. */
export function Preferences() {
  const { t } = useTranslation()
  return (
    <DisclosurePanel label={t("nav.preferences")} trigger={<Settings2 size={20} aria-hidden />} className={shared.tool}>
      <PreferenceFields />
    </DisclosurePanel>
  )
}

export function PreferenceFields() {
  const { t } = useTranslation()
  const language = useLanguage()
  const market = useMarket()
  const { colorScheme, setColorScheme } = useMantineColorScheme()

  return (
    <div className={classes.fields}>
      <Choices
        legend={t("prefs.language")}
        name="language"
        options={Object.entries(languages).map(([value, label]) => ({ value: value as Language, label, lang: value }))}
        value={language}
        onChange={(next) => void changeLanguage(next)}
      />
      <Choices
        legend={t("prefs.market")}
        name="market"
        options={markets.map((value) => ({ value, label: t(`prefs.markets.${value}`) }))}
        value={market}
        onChange={changeMarket}
      />
      <Choices
        legend={t("prefs.theme")}
        name="theme"
        options={(["auto", "light", "dark"] as const).map((value) => ({ value, label: t(`prefs.${value}`) }))}
        value={colorScheme}
        onChange={setColorScheme}
      />
    </div>
  )
}

interface ChoicesProps<T extends string> {
  legend: string
  name: string
  options: { value: T; label: string; lang?: string }[]
  value: T
  onChange: (value: T) => void
}

function Choices<T extends string>({ legend, name, options, value, onChange }: ChoicesProps<T>) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={classes.option} lang={option.lang}>
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
