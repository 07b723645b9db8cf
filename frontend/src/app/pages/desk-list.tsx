import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { ErrorState } from "@/ui/error-state"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"

export const PAGE_SIZE = 20

interface Props<Row> {
  query: UseQueryResult<{ count: number; results: Row[] }>
  page: number | undefined
  onPage: (page: number) => void
  /** What stands here when there is nothing. */
  empty: ReactNode
  children: (rows: Row[]) => ReactNode
}

/** A page of rows at the desk in its four states, with the way to the next one. */
export function DeskList<Row>({ query, page = 1, onPage, empty, children }: Props<Row>) {
  const { data, error, isPending, isPlaceholderData, refetch } = query
  if (isPending) return <ListSkeleton rows={8} height={60} />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data.results.length === 0) return empty
  return (
    <div aria-busy={isPlaceholderData}>
      {children(data.results)}
      <Pager page={page} count={data.count} pageSize={PAGE_SIZE} onPage={onPage} />
    </div>
  )
}
