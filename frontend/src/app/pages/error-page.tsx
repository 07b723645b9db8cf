import { useRouter } from "@tanstack/react-router"
import { PageProblem } from "./page-problem"

/** What stands in place of a page that failed while loading or drawing. */
export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter()

  async function retry() {
    await router.invalidate()
    reset()
  }

  return <PageProblem error={error} onRetry={retry} />
}
