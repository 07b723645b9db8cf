import { Button } from "@mantine/core"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { Pager } from "@/ui/pager"
import { ListSkeleton } from "@/ui/skeleton"
import { ColumnChooser } from "@/ui/table-tools"
import classes from "./desk-list-page.module.css"

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

interface ToolsProps {
  /** Which columns can be hidden. */
  columns: { key: string; header: string }[]
  hidden: string[]
  onHidden: (hidden: string[]) => void
  /** The way to take the rows away. */
  children: ReactNode
}

/** What can be done with the rows of a list as they are filtered: choose columns, take them away. */
export function DeskListTools({ columns, hidden, onHidden, children }: ToolsProps) {
  return (
    <div className={classes.end}>
      <ColumnChooser columns={columns} hidden={hidden} onHidden={onHidden} />
      {children}
    </div>
  )
}

interface NothingProps {
  title: string
  children: string
  icon: ReactNode
  /** What the button says that shows everything again; none where this is everything. */
  showAll: string | false
  onShowAll: () => void
}

/** Instead of rows: why there are none, and the way back to all of them. */
export function NothingListed({ title, children, icon, showAll, onShowAll }: NothingProps) {
  return (
    <EmptyState title={title} icon={icon} action={showAll && <Button onClick={onShowAll}>{showAll}</Button>}>
      {children}
    </EmptyState>
  )
}
