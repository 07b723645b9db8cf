import { TagsInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { useErrorText } from "@/ui/use-error-text"
import { customerTags, useSetTags, type Customer } from "../api/customers"

const MOST = 20
const LONGEST = 40

/** The words a person is filed under. Each change is kept at once. */
export function CustomerTags({ customer }: { customer: Customer }) {
  const { t } = useTranslation("crm")
  const { data: used = [] } = useQuery(customerTags())
  const save = useSetTags(customer.id)
  const problem = useErrorText(save.error)
  return (
    <TagsInput
      label={t("tags.title")}
      description={t("tags.hint")}
      placeholder={customer.tags.length === 0 ? t("tags.placeholder") : undefined}
      data={used.map(({ name }) => name)}
      value={customer.tags}
      onChange={(tags) => save.mutate(tags)}
      maxTags={MOST}
      maxLength={LONGEST}
      splitChars={[",", ";"]}
      isDuplicate={(tag, tags) => tags.some((one) => one.toLowerCase() === tag.toLowerCase())}
      error={save.error ? problem.text : undefined}
    />
  )
}
