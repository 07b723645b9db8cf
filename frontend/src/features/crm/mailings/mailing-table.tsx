import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { DateTime } from "@/ui/date-time"
import classes from "../components/order-table.module.css"
import type { MailingRow } from "./api"
import { MailingStatus, useAudienceText } from "./mailing-status"

/** Messages to many, the latest first. */
export function MailingTable({ rows, timeZone }: { rows: MailingRow[]; timeZone: string }) {
  const { t } = useTranslation("mailings")
  const audience = useAudienceText()
  const number = (count: number, status: MailingRow["status"]) => (status === "draft" ? "—" : t("count", { count }))
  const columns: Column<MailingRow>[] = [
    {
      key: "subject",
      header: t("subject"),
      cell: (row) => (
        <span className={classes.order}>
          <Link to="/crm/mailings/$mailingId" params={{ mailingId: String(row.id) }}>
            {row.subject}
          </Link>
          <small>{audience(row)}</small>
        </span>
      ),
    },
    { key: "status", header: t("statusTitle"), cell: ({ status }) => <MailingStatus status={status} /> },
    {
      key: "when",
      header: t("when"),
      cell: ({ started_at, created_at }) => <DateTime iso={started_at ?? created_at} format="dateTime" timeZone={timeZone} />,
    },
    { key: "people", header: t("told"), align: "end", cell: ({ people, status }) => number(people, status) },
    { key: "mails", header: t("byMail"), align: "end", cell: ({ mails_sent, status }) => number(mails_sent, status) },
  ]
  return <DataTable caption={t("title")} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
