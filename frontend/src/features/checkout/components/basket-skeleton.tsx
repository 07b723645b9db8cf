import { ListSkeleton, Skeleton } from "@/ui/skeleton"
import { Columns } from "./layout"

export function BasketSkeleton() {
  return (
    <Columns side={<Skeleton height={220} />}>
      <ListSkeleton rows={2} height={150} />
    </Columns>
  )
}
