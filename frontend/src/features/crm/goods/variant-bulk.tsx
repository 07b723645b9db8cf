import { Button, NativeSelect, TextInput } from "@mantine/core"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import classes from "./variant-editor.module.css"
import { readAmount, readCount, type BulkChange } from "./variant-rows"

const FIELDS = ["price", "was", "setStock", "addStock", "on", "off"] as const

/** One change for all chosen rows. It is written into them, to be looked at and saved like anything typed. */
export function VariantBulk({ onApply }: { onApply: (change: BulkChange) => void }) {
  const { t } = useTranslation("goods")
  const [what, setWhat] = useState<(typeof FIELDS)[number]>("price")
  const [text, setText] = useState("")
  const [isWrong, setIsWrong] = useState(false)
  const needsValue = what !== "on" && what !== "off"

  function apply() {
    const change = read(what, text)
    setIsWrong(change === undefined)
    if (change === undefined) return
    onApply(change)
    setText("")
  }

  return (
    <div className={classes.bulk}>
      <NativeSelect
        aria-label={t("bulk.what")}
        value={what}
        data={FIELDS.map((value) => ({ value, label: t(`bulk.${value}`) }))}
        onChange={({ currentTarget: { value } }) => {
          setWhat(value as typeof what)
          setIsWrong(false)
        }}
      />
      {needsValue && (
        <TextInput
          aria-label={t(`bulk.${what}`)}
          inputMode={what === "price" || what === "was" ? "decimal" : "numeric"}
          value={text}
          error={isWrong && t(what === "price" || what === "was" ? "variants.wrong.price" : "variants.wrong.stock")}
          onChange={({ target: { value } }) => setText(value)}
          onKeyDown={(event) => event.key === "Enter" && apply()}
        />
      )}
      <Button onClick={apply}>{t("bulk.apply")}</Button>
    </div>
  )
}

function read(what: (typeof FIELDS)[number], text: string): BulkChange | undefined {
  if (what === "on" || what === "off") return { active: what === "on" }
  if (what === "was" && text.trim() === "") return { was: "" }
  if (what === "price" || what === "was") {
    const amount = readAmount(text)
    return amount === undefined ? undefined : { [what]: amount }
  }
  // A minus takes pieces away: broken, given to the team.
  const isLess = what === "addStock" && /^\s*[-−]/.test(text)
  const count = readCount(text.replace(/^\s*[-−+]/, ""))
  return count === undefined ? undefined : { stock: { how: what === "setStock" ? "set" : "add", count: isLess ? -count : count } }
}
