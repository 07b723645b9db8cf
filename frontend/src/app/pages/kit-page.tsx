import { PageHeader } from "@/ui/page-header"

export function KitPage() {
  return <PageHeader title="The kit" kicker="Development" />
}
