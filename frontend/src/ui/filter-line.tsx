import { TextInput } from "@mantine/core"
import { useState, type ReactNode } from "react"

interface Props {
  label: string
  value?: string
  onSettle: (value: string | undefined) => void
  type?: "search" | "date" | "text"
  /** A whole amount: everything but digits is left out. */
  isAmount?: boolean
  placeholder?: string
  leftSection?: ReactNode
  className?: string
}

/** A filter that speaks when it is settled (Enter, or leaving it), so that typing does not ask the server. */
export function FilterLine({ value = "", onSettle, type = "search", isAmount = false, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null)

  function settle(text: string) {
    setDraft(null)
    const wanted = isAmount ? text.replace(/\D/g, "").slice(0, 9) : text.trim()
    if (wanted !== value) onSettle(wanted || undefined)
  }

  return (
    <TextInput
      {...rest}
      type={isAmount ? "text" : type}
      inputMode={isAmount ? "numeric" : undefined}
      maxLength={100}
      value={draft ?? value}
      onChange={({ target }) => (type === "date" ? settle(target.value) : setDraft(target.value))}
      onBlur={({ target }) => settle(target.value)}
      onKeyDown={(event) => event.key === "Enter" && settle(event.currentTarget.value)}
    />
  )
}
