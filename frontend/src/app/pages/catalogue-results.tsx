import { Button } from "@mantine/core"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { Pager } from "@/ui/pager"

export const PAGE_SIZE = 24

interface Props<Row> {
  query: UseQueryResult<{ count: number; results: Row[] }>
  page?: number
  onPage: (page: number | undefined) => void
  skeleton: ReactNode
  /** What stands here when nothing was found. */
  empty: ReactNode
  children: (rows: Row[]) => ReactNode
}

/** A page of cards in its four states, with the way to the next one. */
export function CatalogueResults<Row>({ query, page = 1, onPage, skeleton, empty, children }: Props<Row>) {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = query
  if (isPending) return skeleton
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data.count === 0) return empty
  if (data.results.length === 0)
    return (
      <EmptyState
        title={t("table.pastEnd")}
        action={<Button onClick={() => onPage(undefined)}>{t("table.first")}</Button>}
      />
    )
  return (
    <>
      {children(data.results)}
      <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={onPage} />
    </>
  )
}
