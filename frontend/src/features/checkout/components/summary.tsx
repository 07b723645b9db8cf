import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { isZero } from "@/lib/money"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { TicketStub } from "@/ui/ticket-stub"
import classes from "./summary.module.css"

interface Row {
  key: string
  label: string
  amount: string
  /** Zero of this is worth saying in a word. */
  free?: boolean
}

interface Props {
  title: string
  rows: Row[]
  total: string
  currency: string
  action?: ReactNode
  note?: ReactNode
  children?: ReactNode
}

/** What it costs, on a ticket: the sums above the perforation, the total and the one next action below. */
export function Summary({ title, rows, total, currency, action, note, children }: Props) {
  const { t } = useTranslation("checkout")
  return (
    <TicketStub
      as="section"
      side="below"
      stub={
        <div className={classes.stub}>
          <p className={classes.total}>
            <span>{t("summary.total")}</span>
            <Money amount={total} currency={currency} free className={classes.sum} />
          </p>
          {action}
          {note && <p className={classes.small}>{note}</p>}
        </div>
      }
    >
      <div className={classes.body}>
        <Heading level={2} size="small">
          {title}
        </Heading>
        <dl className={classes.rows}>
          {rows
            .filter((row) => row.free || !isZero(row.amount))
            .map((row) => (
              <div key={row.key}>
                <dt>{row.label}</dt>
                <dd>
                  <Money amount={row.amount} currency={currency} free={row.free} />
                </dd>
              </div>
            ))}
        </dl>
        {children}
      </div>
    </TicketStub>
  )
}
