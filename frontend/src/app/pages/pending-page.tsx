import { ListSkeleton, Skeleton } from "@/ui/skeleton"

/** Stands where a page's code is still on its way; pages draw finer skeletons for their data. */
export function PendingPage() {
  return (
    <div style={{ display: "grid", gap: 24, paddingBlock: 40 }}>
      <Skeleton height={48} width="min(420px, 80%)" />
      <ListSkeleton rows={4} height={96} />
    </div>
  )
}
