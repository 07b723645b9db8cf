import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { MapPin } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Dialog } from "@/ui/dialog"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import { addressList, useDeleteAddress, useSaveAddress, type Address } from "../api/addresses"
import type { Person } from "../api/profile"
import { AddressForm } from "./address-form"
import classes from "./account-list.module.css"

/** Where the person has things sent to. */
export function AddressBook({ person }: { person: Person }) {
  const { t } = useTranslation(["accounts", "common"])
  const { data, error, refetch } = useQuery(addressList())
  const [edited, setEdited] = useState<Address | "new" | null>(null)
  const [doomed, setDoomed] = useState<Address | null>(null)
  const save = useSaveAddress()
  const remove = useDeleteAddress()

  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <ListSkeleton rows={2} height={96} />
  const add = (
    <Button variant="primary" onClick={() => setEdited("new")}>
      {t("addresses.add")}
    </Button>
  )
  return (
    <div className={classes.section}>
      <FormProblem error={save.error} />
      {data.length === 0 ? (
        <EmptyState title={t("addresses.emptyTitle")} icon={<MapPin size={22} />} action={add}>
          {t("addresses.emptyText")}
        </EmptyState>
      ) : (
        <>
          <ul className={classes.list}>
            {data.map((address) => (
              <li key={address.id} className={classes.row}>
                <div className={classes.words}>
                  <strong>{address.recipient}</strong>
                  <span>{[address.street, address.city, address.region, address.postal_code].filter(Boolean).join(", ")}</span>
                  <span>{address.phone}</span>
                </div>
                {address.is_default && <StatusPill tone="good">{t("addresses.default")}</StatusPill>}
                <div className={classes.actions}>
                  {!address.is_default && (
                    <Button
                      size="sm"
                      loading={save.isPending && save.variables.id === address.id}
                      onClick={() => save.mutate({ ...address, is_default: true })}
                    >
                      {t("addresses.makeDefault")}
                    </Button>
                  )}
                  <Button size="sm" onClick={() => setEdited(address)} aria-label={t("addresses.changeOne", { street: address.street })}>
                    {t("addresses.change")}
                  </Button>
                  <Button size="sm" onClick={() => setDoomed(address)} aria-label={t("addresses.deleteOne", { street: address.street })}>
                    {t("addresses.delete")}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
          <div>{add}</div>
        </>
      )}
      {edited && (
        <Dialog title={edited === "new" ? t("addresses.add") : t("addresses.change")} onClose={() => setEdited(null)} size="lg">
          <AddressForm person={person} address={edited === "new" ? null : edited} onDone={() => setEdited(null)} />
        </Dialog>
      )}
      {doomed && (
        <Dialog title={t("addresses.deleteAsk")} onClose={() => setDoomed(null)}>
          <div className={classes.dialog}>
            <FormProblem error={remove.error} />
            <p>{t("addresses.deleteText", { street: doomed.street, city: doomed.city })}</p>
            <div className={classes.actions}>
              <Button onClick={() => setDoomed(null)}>{t("common:cancel")}</Button>
              <Button
                variant="danger"
                loading={remove.isPending}
                onClick={() => remove.mutate(doomed.id, { onSuccess: () => setDoomed(null) })}
              >
                {t("addresses.delete")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  )
}
