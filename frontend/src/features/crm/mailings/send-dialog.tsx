import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { notify } from "@/ui/notify"
import { audienceOf, reach, useSendMailing, type Mailing } from "./api"
import classes from "./mailings.module.css"

/** The last look before many are written to. There is no way back, and it says so. */
export function SendDialog({ mailing, to, onClose }: { mailing: Mailing; to: string; onClose: () => void }) {
  const { t } = useTranslation(["mailings", "common"])
  const { data, error } = useQuery(reach(audienceOf(mailing)))
  const send = useSendMailing(mailing.id)
  return (
    <Dialog title={t("send.title")} onClose={onClose}>
      <div className={classes.dialog}>
        <p>{to}</p>
        <p>
          <strong>{mailing.subject}</strong>
        </p>
        <p>{t("send.text")}</p>
        <FormProblem error={send.error ?? error} />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button
            variant="primary"
            disabled={!data?.people}
            loading={send.isPending || (!data && !error)}
            onClick={() =>
              send.mutate(undefined, {
                onSuccess: () => {
                  void notify(t("send.done"))
                  onClose()
                },
              })
            }
          >
            {t("send.confirm", { count: data?.people ?? 0 })}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
