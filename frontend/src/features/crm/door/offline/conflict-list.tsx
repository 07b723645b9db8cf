import { Button } from "@mantine/core"
import { useTranslation } from "react-i18next"
import { DateTime } from "@/ui/date-time"
import { StatusPill } from "@/ui/status-pill"
import { Panel } from "../../components/panel"
import classes from "./offline-bar.module.css"
import type { Conflict } from "./store"

/** People who were let in without a network and, as the server knows, should not have been. */
export function ConflictList({ conflicts, timeZone, onClear }: { conflicts: Conflict[]; timeZone: string; onClear: () => void }) {
  const { t } = useTranslation("crm")
  if (conflicts.length === 0) return null
  return (
    <Panel
      title={t("offline.conflicts", { count: conflicts.length })}
      aside={
        <Button size="xs" onClick={onClear}>
          {t("offline.clear")}
        </Button>
      }
    >
      <p className={classes.lead}>{t("offline.conflictsText")}</p>
      <ul className={classes.conflicts}>
        {conflicts.map(({ key, result, scanned_at, ticket }) => (
          <li key={key}>
            <div>
              <strong>{ticket?.attendee_name || t("door.unknown")}</strong>
              <small>
                {t("offline.letIn")} <DateTime iso={scanned_at} format="dateTime" timeZone={timeZone} />
              </small>
              {result === "already_checked_in" && ticket?.checked_in_at && (
                <small>
                  {t("door.used")} <DateTime iso={ticket.checked_in_at} format="dateTime" timeZone={timeZone} />
                  {ticket.checked_in_by && `, ${ticket.checked_in_by}`}
                </small>
              )}
            </div>
            <StatusPill tone="danger">{t(`door.${result}`)}</StatusPill>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
